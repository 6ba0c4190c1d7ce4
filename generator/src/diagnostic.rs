//! What can be wrong with a book, as data. `report.rs` alone turns it into text for people.

use std::fmt;

use crate::source::Span;

/// One thing that is wrong, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of defect.
    pub code: Code,
    /// Whether it fails the build.
    pub severity: Severity,
    /// A lowercase fragment without full stop, names in backticks, the found thing first.
    pub message: String,
    /// The place, where there is one.
    pub span: Option<Span>,
    /// Short text at the place: ``this file does not exist``. May be empty.
    pub label: String,
    /// Other places that matter, each with a short text.
    pub notes: Vec<(Span, String)>,
    /// How to mend it, one sentence each, such as ``did you mean `queues/little.md`?``
    pub hints: Vec<String>,
}

/// An error makes a page wrong and fails the build; a warning makes it poor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The site is not replaced, the exit code is 1.
    Error,
    /// The site is built; `--strict` makes it an error.
    Warning,
}

/// A value, and what was noticed while making it.
#[derive(Clone, Debug)]
pub struct Warned<T> {
    /// The value. Where there are errors, a stand-in that lets the rest be checked.
    pub value: T,
    /// Errors and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:ident;)*) => {
        /// Every kind of defect. Each has a small site of the same name under `generator/tests/sites/`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// All codes, in order.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The name in reports: `broken-link`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How bad it is by itself; `--strict` is applied later.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// A key of `book.toml` that nobody knows, a value of the wrong kind, or a file that is no TOML.
    BadConfig = "bad-config", Error;
    /// Front matter that does not parse, or has an unknown key or a wrong value.
    BadFrontMatter = "bad-front-matter", Error;
    /// `SUMMARY.md` is not a list of chapters.
    BadSummary = "bad-summary", Error;
    /// `glossary.toml` does not parse, or an entry is wrong.
    BadGlossary = "bad-glossary", Error;
    /// A text file that is not UTF-8.
    NotUtf8 = "not-utf8", Error;
    /// `SUMMARY.md` names a page that does not exist.
    MissingPage = "missing-page", Error;
    /// `SUMMARY.md` names a page twice.
    DuplicatePage = "duplicate-page", Error;
    /// A page lies in `content/` and is not in `SUMMARY.md`.
    UnlistedPage = "unlisted-page", Warning;
    /// Two files would be written to one place.
    DuplicateOutput = "duplicate-output", Error;
    /// A link to a file that does not exist.
    BrokenLink = "broken-link", Error;
    /// A redirect that leads nowhere, back to itself, or away from a place that is still there.
    BadRedirect = "bad-redirect", Error;
    /// A link to an id that its page does not have.
    BrokenAnchor = "broken-anchor", Error;
    /// A reference `[text][name]` or footnote `[^name]` without definition.
    UndefinedReference = "undefined-reference", Warning;
    /// A link to a page that is a draft.
    LinkToDraft = "link-to-draft", Warning;
    /// A path that is absolute or leaves the book, or a symbolic link that does.
    OutsideBook = "outside-book", Error;
    /// An image that does not exist or cannot be read.
    MissingImage = "missing-image", Error;
    /// An image from another host.
    RemoteImage = "remote-image", Error;
    /// An image or diagram without a text alternative.
    MissingAlt = "missing-alt", Warning;
    /// Raw HTML that could run code or change the page's style.
    UnsafeHtml = "unsafe-html", Error;
    /// Two headings, figures or equations of a page with the same written id.
    DuplicateId = "duplicate-id", Error;
    /// A page without a title.
    MissingTitle = "missing-title", Error;
    /// Attributes of a heading where they cannot be read.
    BadHeading = "bad-heading", Error;
    /// A second `#` heading, or a heading that skips a level.
    HeadingOrder = "heading-order", Warning;
    /// A footnote that nothing refers to.
    UnusedFootnote = "unused-footnote", Warning;
    /// A code block in a language that cannot be highlighted.
    UnknownLanguage = "unknown-language", Warning;
    /// A code block's info string that cannot be read.
    BadCodeFence = "bad-code-fence", Error;
    /// A formula that is empty, does not parse, uses what pages may not hold, or stands where it cannot.
    BadMath = "bad-math", Error;
    /// A `\label` without a name that can be an id, a second one, or one in a line of text.
    BadLabel = "bad-label", Error;
    /// A text nested deeper, or larger, than the limit.
    TooDeep = "too-deep", Error;
    /// A demo that the book does not have.
    UnknownDemo = "unknown-demo", Error;
    /// A demo fence that is no TOML, or has an unknown key, a wrong type or a value out of range.
    BadDemoFence = "bad-demo-fence", Error;
    /// A plot fence that is no TOML, has an unknown key, a formula that cannot be read, or nothing to draw.
    BadPlotFence = "bad-plot-fence", Error;
    /// A demo that panics, runs out of fuel or memory, or asks for something it may not have.
    DemoFailed = "demo-failed", Error;
    /// The demo crates do not compile, or what they need is missing.
    DemoBuild = "demo-build", Error;
    /// A diagram whose text cannot be read.
    BadDiagram = "bad-diagram", Error;
    /// A kind of diagram that is not drawn.
    UnsupportedDiagram = "unsupported-diagram", Error;
    /// A diagram of more boxes or lines than the limit.
    LargeDiagram = "large-diagram", Error;
    /// Colors or other looks in the text of a diagram.
    DiagramColors = "diagram-colors", Warning;
    /// A template that does not parse or fails.
    BadTemplate = "bad-template", Error;
    /// A folder or file that cannot be read or written, or must not be.
    Io = "io", Error;
}

impl Diagnostic {
    /// A diagnostic at a place, with its code's own severity.
    pub fn at(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { span: Some(span), ..Self::new(code, message) }
    }

    /// A diagnostic that has no place in a text.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            span: None,
            label: String::new(),
            notes: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// With a short text at the place.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With another place.
    pub fn note(mut self, span: Span, text: impl Into<String>) -> Self {
        self.notes.push((span, text.into()));
        self
    }

    /// With a way to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// With the hint ``did you mean `...`?`` if one of the names is near enough to what was written.
    pub fn did_you_mean<'a>(self, written: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(written, names) {
            Some(name) => self.hint(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// True if it fails the build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl<T> Warned<T> {
    /// A value without complaint.
    pub fn new(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// The value; its diagnostics are added to `all`.
    pub fn collect(self, all: &mut Vec<Diagnostic>) -> T {
        all.extend(self.diagnostics);
        self.value
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The name most like what was written, if at most a third of its characters differ (Damerau-Levenshtein).
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (written.chars().count() / 3).max(1);
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(written, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}
