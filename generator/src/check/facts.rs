//! What the rules ask of a finished page, read from its HTML as a browser would read it.

use std::collections::BTreeSet;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};

use crate::path::OutputPath;
use crate::resolve::links::{decode, relative_output};

/// The ids, links and forbidden things of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// All ids.
    pub ids: BTreeSet<String>,
    /// Ids that stand there more than once.
    pub twice: BTreeSet<String>,
    /// Files of the site that it links to or loads, with the id in them.
    pub links: BTreeSet<(OutputPath, Option<String>)>,
    /// Inline scripts, inline styles, and what it would load from other hosts.
    pub forbidden: BTreeSet<String>,
}

/// Attributes that hold a URL.
const URLS: [&str; 4] = ["href", "src", "data-js", "data-wasm"];

/// Reads a page. `base` is where absolute links of this site begin, if the page has such.
pub fn facts(output: &OutputPath, html: &[u8], base: Option<&str>) -> Facts {
    let mut reader = Reader {
        output,
        base,
        facts: Facts::default(),
        tag: String::new(),
        attribute: String::new(),
        src: false,
        data: false,
    };
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<()> {
        reader.event(&event);
        None
    });
    for step in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(()) = step;
    }
    reader.facts
}

struct Reader<'a> {
    output: &'a OutputPath,
    base: Option<&'a str>,
    facts: Facts,
    /// The start tag that is being read, or was read last.
    tag: String,
    attribute: String,
    /// The tag has a `src`.
    src: bool,
    /// The tag says that what is inside is data, which no browser runs.
    data: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                set(&mut self.tag, name);
                self.src = false;
                self.data = false;
            }
            CallbackEvent::AttributeName { name } => {
                set(&mut self.attribute, name);
                self.attribute_name();
            }
            CallbackEvent::AttributeValue { value } => self.value(&String::from_utf8_lossy(value)),
            CallbackEvent::CloseStartTag { .. } => {
                if self.tag == "style" {
                    self.facts.forbidden.insert("an inline `<style>`".into());
                }
                if self.tag == "script" && !self.src && !self.data {
                    self.facts.forbidden.insert("an inline `<script>`".into());
                }
            }
            CallbackEvent::EndTag { .. } => self.tag.clear(),
            _ => {}
        }
    }

    fn attribute_name(&mut self) {
        if self.attribute == "style" {
            self.facts.forbidden.insert("an inline `style=`".into());
        }
        if self.attribute.starts_with("on") {
            self.facts.forbidden.insert(format!("an inline handler `{}=`", self.attribute));
        }
        self.src |= self.attribute == "src";
    }

    fn value(&mut self, value: &str) {
        self.data |= self.attribute == "type" && value == "application/ld+json";
        if self.attribute == "id" {
            if !self.facts.ids.insert(value.to_string()) {
                self.facts.twice.insert(value.to_string());
            }
        } else if URLS.contains(&self.attribute.as_str()) {
            self.url(value);
        }
    }

    fn url(&mut self, url: &str) {
        let local = match self.base.and_then(|base| url.strip_prefix(base)) {
            Some(rest) => OutputPath::new(rest.split(['#', '?']).next().unwrap_or_default()).ok(),
            None if crate::parse::url::scheme(url).is_some() || url.starts_with("//") => return self.remote(url),
            // The host's own: not of this site.
            None if url.starts_with('/') => return,
            None => None,
        };
        let (path, fragment) = url.split_once('#').map_or((url, None), |(path, fragment)| (path, Some(fragment)));
        let path = path.split('?').next().unwrap_or_default();
        let target = match local {
            Some(target) if target.as_str().is_empty() => OutputPath::new("index.html").ok(),
            Some(target) => decode(target.as_str()).and_then(|it| OutputPath::new(&it).ok()),
            None if path.is_empty() => Some(self.output.clone()),
            None => relative_output(self.output, path),
        };
        // The state of a figure may follow its id.
        let id = fragment.and_then(|it| decode(it.split('?').next().unwrap_or_default())).filter(|id| !id.is_empty());
        match target {
            Some(target) => drop(self.facts.links.insert((target, id))),
            None => drop(self.facts.forbidden.insert(format!("a link to `{url}`, which leads out of the site"))),
        }
    }

    /// Links may lead anywhere; what is loaded may not.
    fn remote(&mut self, url: &str) {
        let loads = matches!(self.tag.as_str(), "script" | "iframe" | "object" | "embed")
            || self.attribute.starts_with("data-");
        if loads {
            self.facts.forbidden.insert(format!("`<{}>` from another host, `{url}`", self.tag));
        }
    }
}

fn set(to: &mut String, name: &[u8]) {
    to.clear();
    to.push_str(&String::from_utf8_lossy(name));
}
