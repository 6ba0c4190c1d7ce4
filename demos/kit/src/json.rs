//! A small JSON writer: appends to one string, puts the commas, escapes what must be escaped.

use crate::num::integer_plain;
use crate::text::{put, put_replaced};

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

    /// Begins an object or array: "{" or "[".
    pub fn open(&mut self, bracket: &str) {
        self.separate();
        put(&mut self.out, bracket);
        self.comma = false;
    }

    /// Ends an object or array: "}" or "]".
    pub fn close(&mut self, bracket: &str) {
        put(&mut self.out, bracket);
        self.comma = true;
    }

    /// The name of the member whose value comes next.
    pub fn key(&mut self, name: &str) -> &mut Json {
        self.string(name);
        put(&mut self.out, ":");
        self.comma = false;
        self
    }

    /// Members that are strings.
    pub fn members(&mut self, members: &[(&str, &str)]) {
        for (name, text) in members {
            self.key(name).string(text);
        }
    }

    /// A string.
    pub fn string(&mut self, text: &str) {
        self.separate();
        put(&mut self.out, "\"");
        put_replaced(&mut self.out, text, |byte| match byte {
            b'"' => Some("\\\""),
            b'\\' => Some("\\\\"),
            b'\n' => Some("\\n"),
            // Other control characters mean nothing to a reader.
            0..32 => Some(" "),
            _ => None,
        });
        put(&mut self.out, "\"");
    }

    /// A whole number.
    pub fn integer(&mut self, value: i64) {
        self.number(&integer_plain(value));
    }

    /// A number that is written already.
    pub fn number(&mut self, written: &str) {
        self.separate();
        put(&mut self.out, written);
    }

    /// True or false.
    pub fn boolean(&mut self, value: bool) {
        self.separate();
        put(&mut self.out, if value { "true" } else { "false" });
    }

    /// An array of strings.
    pub fn strings(&mut self, texts: &[&str]) {
        self.open("[");
        for text in texts {
            self.string(text);
        }
        self.close("]");
    }

    /// An array of owned strings.
    pub fn lines(&mut self, lines: &[String]) {
        self.open("[");
        for line in lines {
            self.string(line);
        }
        self.close("]");
    }

    fn separate(&mut self) {
        if self.comma {
            put(&mut self.out, ",");
        }
        self.comma = true;
    }
}
