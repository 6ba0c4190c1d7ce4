//! Answers as JSON for the script of the page.

use crate::engine::{Answer, Engine, Found, Hit};

/// `{"parts": [...], "sections": 900}`.
pub fn opened(engine: &Engine) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.field("parts");
        json.texts(engine.parts());
        json.field("sections");
        json.number(engine.n_sections());
    });
    json.out
}

/// `{"needs": [...]}`, or `{"hits": [...], "total": ..., "partial": ..., "corrections": [[typed, sought], ...]}`.
pub fn answer(answer: &Answer) -> String {
    let mut json = Json::default();
    json.object(|json| match answer {
        Answer::Needs(names) => {
            json.field("needs");
            json.texts(names);
        }
        Answer::Found(found) => json.found(found),
    });
    json.out
}

/// `{"error": "..."}`.
pub fn error(message: &str) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.field("error");
        json.text(message);
    });
    json.out
}

#[derive(Default)]
struct Json {
    out: String,
}

impl Json {
    fn object(&mut self, inside: impl FnOnce(&mut Self)) {
        self.out.push('{');
        inside(self);
        self.out.push('}');
    }

    fn field(&mut self, name: &str) {
        self.comma();
        self.text(name);
        self.out.push(':');
    }

    /// A comma unless something begins here.
    fn comma(&mut self) {
        if !self.out.ends_with(['{', '[', ':']) {
            self.out.push(',');
        }
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.out.push('[');
        for (idx, item) in items.iter().enumerate() {
            if idx > 0 {
                self.out.push(',');
            }
            each(self, item);
        }
        self.out.push(']');
    }

    fn texts(&mut self, texts: &[String]) {
        self.list(texts, |json, text| json.text(text));
    }

    fn number(&mut self, number: usize) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.out.push(char::from(b'0' + (number % 10) as u8));
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => {
                    self.out.push('\\');
                    self.out.push(c);
                }
                '\0'..='\u{1f}' => {
                    self.out.push_str("\\u00");
                    self.out.push(char::from(b'0' + (c as u8 >> 4)));
                    self.out.push(char::from(b"0123456789abcdef"[usize::from(c as u8 & 15)]));
                }
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    fn found(&mut self, found: &Found) {
        self.field("hits");
        self.list(&found.hits, |json, hit| json.object(|json| json.hit(hit)));
        self.field("total");
        self.number(found.total);
        self.field("partial");
        self.out.push_str(if found.partial { "true" } else { "false" });
        self.field("corrections");
        self.list(&found.corrections, |json, (typed, sought)| json.list(&[typed, sought], |json, it| json.text(it)));
    }

    fn hit(&mut self, hit: &Hit) {
        for (name, text) in [
            ("kind", hit.kind.name()),
            ("url", &hit.url),
            ("pageLabel", &hit.page_label),
            ("pageTitle", &hit.page_title),
            ("part", &hit.part),
            ("above", &hit.above),
            ("label", &hit.label),
        ] {
            self.field(name);
            self.text(text);
        }
        for (name, texts) in [("title", &hit.title), ("also", &hit.also), ("text", &hit.text), ("marks", &hit.marks)] {
            self.field(name);
            self.texts(texts);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{answer, error, opened};
    use crate::engine::{Answer, Engine, Found};
    use crate::index::{IndexMemo, index};

    #[test]
    fn an_engine_says_what_it_has() {
        let files = index("en", &["A \"part\"".into()], &[], &mut IndexMemo::default());
        let engine = Engine::new(&files[0].bytes).expect("the root alone");
        assert_eq!(opened(&engine), "{\"parts\":[\"A \\\"part\\\"\"],\"sections\":0}");
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(error("a \"b\" \\ \u{1b}\n é"), "{\"error\":\"a \\\"b\\\" \\\\ \\u001b\\u000a é\"}");
        assert_eq!(answer(&Answer::Needs(vec!["a".into(), "b".into()])), "{\"needs\":[\"a\",\"b\"]}");
        let found = Found { total: 120, corrections: vec![("a".into(), "b".into())], ..Found::default() };
        let expected = "{\"hits\":[],\"total\":120,\"partial\":false,\"corrections\":[[\"a\",\"b\"]]}";
        assert_eq!(answer(&Answer::Found(found)), expected);
    }
}
