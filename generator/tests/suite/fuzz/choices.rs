//! Numbers that decide how a text is made. Smaller numbers, and fewer, make smaller texts: so what fails can be made
//! small without knowing the grammar.

/// A row of numbers; behind its end there are zeros.
pub struct Choices<'a> {
    rest: &'a [u16],
}

/// Signs that mean something to one of our readers.
const SIGNS: &[&str] = &[
    "\n",
    "\n\n",
    "$",
    "$$",
    "`",
    "```",
    "~~~",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "{",
    "}",
    "|",
    "\\",
    "&",
    "#",
    "-",
    "+",
    "=",
    ":",
    "!",
    "\"",
    "'",
    "^",
    "%",
    "/",
    "..",
    "@",
    ",",
    ";",
    "?",
    "    ",
    "\t",
    "> ",
    "- ",
    "1. ",
    "| ",
    "+++\n",
    "---\n",
    "\r\n",
    "\r",
    "<!--",
    "-->",
    "]]>",
    "</",
    "/>",
    "[^",
    "![",
    "](",
    "{#",
    "&#",
    "&#x3c;",
    "[!",
    "]:",
    "\\(",
    "\\label{",
    "\\begin{",
    "\\end{",
    "[[",
    "\"\"\"",
    "'''",
    "<a ",
    "<b>",
    "</b>",
    "<br>",
    "<script>",
    "<style>",
    "onclick=x",
    "style=x",
    "javascript:",
    "java\tscript:",
    "data:text/html,",
    "//x",
    "%2e%2e",
    "%00",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{200d}",
    "\u{a0}",
    "\u{2028}",
    "e\u{301}",
    "\u{e9}",
    "\u{65e5}\u{672c}",
    "\u{1f469}\u{200d}\u{1f4bb}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{fffd}",
    "\u{10ffff}",
    "\u{130}",
    "\u{df}",
];

const WORDS: &[&str] = &[
    "x",
    "a ring",
    "Ring",
    "the queue",
    "42",
    "n-1",
    "K/N",
    "snake_case",
    "a::b",
    "3.14",
    "virtual nodes",
    "\u{e9}t\u{e9}",
    "one",
    "two three",
    "CAP",
    "$5",
    "I/O",
    "...",
    "--",
    "\"quoted\"",
    "it's",
];

impl<'a> Choices<'a> {
    /// These numbers, and zeros behind them.
    pub fn new(numbers: &'a [u16]) -> Self {
        Self { rest: numbers }
    }

    /// A number below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        let Some((first, rest)) = self.rest.split_first() else { return 0 };
        self.rest = rest;
        usize::from(*first) % n.max(1)
    }

    /// True once in `n` times; never when the numbers are used up.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) + 1 == n
    }

    /// One of them; the first when the numbers are used up.
    pub fn of<'t>(&mut self, all: &[&'t str]) -> &'t str {
        all[self.below(all.len())]
    }

    /// What `part` makes, up to `n` times.
    pub fn several(&mut self, n: usize, mut part: impl FnMut(&mut Self) -> String) -> String {
        (0..self.below(n + 1)).map(|_| part(self)).collect()
    }

    /// A word, now and then a sign.
    pub fn word(&mut self) -> String {
        if self.one_in(12) { self.sign() } else { self.of(WORDS).to_owned() }
    }

    /// A sign, now and then any character.
    pub fn sign(&mut self) -> String {
        if self.one_in(8) {
            let code = (self.below(0x11) as u32) << 16 | self.below(0x1_0000) as u32;
            return char::from_u32(code).unwrap_or('\u{fffd}').to_string();
        }
        self.of(SIGNS).to_owned()
    }

    /// Signs and words without order.
    pub fn soup(&mut self, n: usize) -> String {
        self.several(n, |it| if it.below(3) == 2 { it.word() } else { it.sign() })
    }

    /// The text with a few places changed: something taken out, doubled, put in or moved.
    pub fn glitched(&mut self, mut text: String) -> String {
        // Most texts stay as they are: the deep places are reached by what is nearly right.
        for _ in 0..[0, 0, 1, 1, 2, 4][self.below(6)] {
            let (start, end) = self.stretch(&text, 12);
            match self.below(5) {
                0 => text.insert_str(start, &self.sign()),
                1 => text.replace_range(start..end, ""),
                2 => {
                    let doubled = text[start..end].to_owned();
                    text.insert_str(end, &doubled);
                }
                3 => text.replace_range(start..end, &self.soup(4)),
                _ => {
                    let moved = text[start..end].to_owned();
                    text.replace_range(start..end, "");
                    let (to, _) = self.stretch(&text, 1);
                    text.insert_str(to, &moved);
                }
            }
        }
        text
    }

    /// A stretch of the text of at most `n` bytes, on boundaries of characters.
    pub fn stretch(&mut self, text: &str, n: usize) -> (usize, usize) {
        let floor = |at: usize| (0..=at.min(text.len())).rev().find(|it| text.is_char_boundary(*it)).unwrap_or(0);
        // Two numbers, so that every place of a long text can be met.
        let start = floor((self.below(0x1_0000) << 4 | self.below(16)) % (text.len() + 1));
        (start, floor(start + self.below(n + 1)).max(start))
    }
}
