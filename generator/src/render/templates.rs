//! Templates by Tera; what it complains of becomes a diagnostic at the place in the template.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

/// Templates, ready to be filled.
#[derive(Clone, Default)]
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, Arc<Source>>,
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.sources.keys()).finish()
    }
}

impl Templates {
    /// Reads all templates.
    ///
    /// # Errors
    /// If some do not parse, or extend or include one that does not exist.
    pub fn new(sources: &BTreeMap<String, Arc<Source>>) -> Result<Self, Vec<Diagnostic>> {
        let mut templates = Self { tera: Tera::new(), sources: sources.clone() };
        let texts: Vec<(&str, &str)> =
            sources.iter().map(|(name, source)| (name.as_str(), source.text.as_str())).collect();
        match templates.tera.add_raw_templates(texts.clone()) {
            Ok(()) => Ok(templates),
            Err(error) => {
                // Tera stops at the first wrong one: ask for each alone.
                let alone = |(name, text): &(&str, &str)| Tera::new().add_raw_template(name, text).err();
                let syntax: Vec<Diagnostic> = texts
                    .iter()
                    .filter_map(alone)
                    .filter(|error| matches!(error.kind(), ErrorKind::SyntaxError(_)))
                    .map(|error| templates.diagnostic("", &error))
                    .collect();
                Err(if syntax.is_empty() { vec![templates.diagnostic("", &error)] } else { syntax })
            }
        }
    }

    /// Fills a template.
    ///
    /// # Errors
    /// If it asks for something that it is not given.
    pub fn fill(&self, name: &str, context: &impl Serialize) -> Result<String, Diagnostic> {
        Context::from_serialize(context)
            .and_then(|context| self.tera.render(name, &context))
            .map_err(|error| self.diagnostic(name, &error))
    }

    /// The complaint; `template` is where it belongs if the error does not say.
    fn diagnostic(&self, template: &str, error: &tera::Error) -> Diagnostic {
        let text = error.kind().to_string();
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let (start, end) = (report.span().start_line, report.span().end_line);
                let place = [(start, report.span().start_col), (end, report.span().end_col)];
                self.at(report.filename(), Some(place), report.message())
            }
            ErrorKind::CircularExtend { tpl, .. } => self.at(tpl, None, "extends itself"),
            ErrorKind::CircularInclude { tpl, .. } => self.at(tpl, None, "includes itself"),
            ErrorKind::MissingParent { current, parent } => {
                self.at(current, None, &format!("extends `{parent}`, which does not exist"))
            }
            ErrorKind::TemplateNotFound(name) => self.at(name, None, "does not exist"),
            // Some complaints come as a text that names their place.
            _ => match located(&text) {
                Some((message, name, place)) => self.at(name, Some([place, place]), message),
                None => self.at(template, None, &text),
            },
        }
    }

    /// A complaint at a place: line from 1 and column from 0 of its start and end.
    fn at(&self, name: &str, place: Option<[(usize, usize); 2]>, message: &str) -> Diagnostic {
        let message = format!("template `{name}`: {}", fragment(message));
        let Some(source) = self.sources.get(name) else {
            return Diagnostic::new(Code::BadTemplate, message);
        };
        let range = place.map_or(0..0, |[start, end]| {
            let start = offset(&source.text, start.0, start.1);
            start..offset(&source.text, end.0, end.1).max(start)
        });
        Diagnostic::at(Code::BadTemplate, Span::new(source, range), message)
    }
}

/// Message, template, and line and column of a text such as `error: Unknown filter\n --> home.html:1:20\n ...`.
fn located(text: &str) -> Option<(&str, &str, (usize, usize))> {
    let (message, rest) = text.strip_prefix("error: ")?.split_once('\n')?;
    let (name, place) = rest.trim_start().strip_prefix("--> ")?.lines().next()?.split_once(':')?;
    let (line, column) = place.split_once(':')?;
    Some((message, name, (line.parse().ok()?, column.parse::<usize>().ok()?.saturating_sub(1))))
}

/// The byte at a line, from 1, and a column in characters, from 0.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        Some(nth) => text.match_indices('\n').nth(nth).map_or(text.len(), |(newline, _)| newline + 1),
        None => 0,
    };
    let here = &text[start..];
    start + here.char_indices().nth(column).map_or(here.len(), |(at, _)| at)
}

/// A sentence of Tera's as a fragment of ours.
fn fragment(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}
