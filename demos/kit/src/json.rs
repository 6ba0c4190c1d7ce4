//! A small JSON writer: appends to one string, puts the commas, escapes what must be escaped.

/// JSON under construction.
#[derive(Default)]
pub struct Json {
    out: String,
    /// Whether the next value in this object or array needs a comma before it.
    comma: bool,
}

impl Json {
    /// The text so far.
    pub fn text(self) -> String {
        self.out
    }

    /// An object; `fill` writes its members with [`Json::key`].
    pub fn object(&mut self, fill: &mut dyn FnMut(&mut Json)) {
        self.nested('{', '}', fill);
    }

    /// An array; `fill` writes its values.
    pub fn array(&mut self, fill: &mut dyn FnMut(&mut Json)) {
        self.nested('[', ']', fill);
    }

    /// The name of the member whose value comes next.
    pub fn key(&mut self, name: &str) -> &mut Json {
        self.string(name);
        self.out.push(':');
        self.comma = false;
        self
    }

    /// A string.
    pub fn string(&mut self, text: &str) {
        self.separate();
        self.out.push('"');
        for letter in text.chars() {
            match letter {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                letter if letter < ' ' => {
                    self.out.push_str("\\u00");
                    for nibble in [letter as u32 >> 4, letter as u32 & 15] {
                        self.out.push(char::from_digit(nibble, 16).unwrap_or('0'));
                    }
                }
                letter => self.out.push(letter),
            }
        }
        self.out.push('"');
    }

    /// A whole number.
    pub fn integer(&mut self, value: i64) {
        self.separate();
        self.out.push_str(&crate::num::integer_plain(value));
    }

    /// True or false.
    pub fn boolean(&mut self, value: bool) {
        self.separate();
        self.out.push_str(if value { "true" } else { "false" });
    }

    /// An array of strings.
    pub fn strings(&mut self, texts: &mut dyn Iterator<Item = &str>) {
        self.array(&mut |json| texts.for_each(|text| json.string(text)));
    }

    fn nested(&mut self, open: char, close: char, fill: &mut dyn FnMut(&mut Json)) {
        self.separate();
        self.out.push(open);
        self.comma = false;
        fill(self);
        self.out.push(close);
        self.comma = true;
    }

    fn separate(&mut self) {
        if self.comma {
            self.out.push(',');
        }
        self.comma = true;
    }
}
