//! A diagram fence: ```` ```mermaid title="..." ```` around the text of a diagram, which is drawn at once.

use std::ops::Range;
use std::sync::Arc;

use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic};
use crate::diagram::{Diagram, Problem, diagram};
use crate::document::{DiagramFence, Node, Written};
use crate::path::Anchor;
use crate::source::{Source, Span};
use crate::typeset::typeset;

use super::build::WrittenId;
use super::code::Info;
use super::fence_info::{FigureInfo, figure_info};
use super::inline::{Place, inline};
use super::pieces::Pieces;

/// A fence and what was noticed.
pub struct ReadFence {
    pub fence: DiagramFence,
    /// The `id` that the author wrote.
    pub id: Option<WrittenId>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and draws a diagram fence.
pub fn fence(source: &Arc<Source>, info: &Info<'_>, body: &Pieces, raw_html: Policy) -> ReadFence {
    let place = |range: &Range<usize>| info.offset + range.start..info.offset + range.end;
    let read = figure_info(info.written);
    let mut diagnostics: Vec<Diagnostic> = read
        .problems
        .iter()
        .map(|it| {
            let span = Span::new(source, place(&it.range));
            Diagnostic::at(Code::BadDiagram, span, it.message.clone()).hint(it.hint.clone())
        })
        .collect();
    let id = id(source, info, &read, &mut diagnostics);
    let notice = notice(source, info, &read, raw_html, &mut diagnostics);

    let drawn = diagram(&body.text);
    let language = Span::new(source, info.offset..info.offset + "mermaid".len());
    diagnostics.extend(drawn.problems.iter().map(|it| reported(source, body, it, &language)));
    let value = |it: &Option<(String, Range<usize>)>| it.as_ref().map(|(text, _)| text.clone());
    let title = value(&read.title).or_else(|| drawn.heading.clone()).unwrap_or_default();
    let alt = value(&read.alt);
    if drawn.drawing.is_some() && alt.is_none() && drawn.title.is_none() && drawn.description.is_none() {
        diagnostics.push(
            Diagnostic::at(Code::MissingAlt, language, "diagram without a text alternative")
                .label("a screen reader has nothing to say of it")
                .hint("write `accTitle: ...` and `accDescr: ...` into it, or `alt=\"...\"` behind `mermaid`"),
        );
    }
    let (name, description) = words(&drawn, &title, alt);
    let drawing = drawn.drawing.map(Arc::new);
    let [name_id, description_id] = [Anchor(String::new()), Anchor(String::new())];
    let word_ids = [name_id, description_id];
    let text = Arc::from(body.text.as_str());
    let [title, name, description] = [title, name, description].map(|it| typeset(&it).into_owned());
    let fence = DiagramFence { text, drawing, title, name, description, notice, id: Anchor(String::new()), word_ids };
    ReadFence { fence, id, diagnostics }
}

/// Name and description for screen readers.
fn words(drawn: &Diagram, title: &str, alt: Option<String>) -> (String, String) {
    let named = Some(title).filter(|it| !it.is_empty()).map(str::to_owned);
    let description = drawn.description.clone().or_else(|| alt.clone());
    match drawn.title.clone().or(named) {
        Some(name) => (name, description.unwrap_or_default()),
        None => (description.unwrap_or_else(|| "Diagram".to_owned()), String::new()),
    }
}

fn reported(source: &Arc<Source>, body: &Pieces, problem: &Problem, language: &Span) -> Diagnostic {
    // In an empty fence there is no place but the fence itself.
    let span = match problem.range.is_empty() {
        true => language.clone(),
        false => Span::new(source, body.range(problem.range.clone())),
    };
    let diagnostic = Diagnostic::at(problem.code, span, problem.message.clone()).label(problem.label.clone());
    problem.hints.iter().fold(diagnostic, |it, hint| it.hint(hint.clone()))
}

fn id(
    source: &Arc<Source>,
    info: &Info<'_>,
    read: &FigureInfo,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<WrittenId> {
    let (id, range) = read.id.clone()?;
    let range = info.offset + range.start..info.offset + range.end;
    if id.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '&')) {
        let message = format!("`{id}` cannot be the id of a figure");
        diagnostics.push(
            Diagnostic::at(Code::BadDiagram, Span::new(source, range), message)
                .label("expected letters, digits and hyphens"),
        );
        return None;
    }
    Some((id, range))
}

fn notice(
    source: &Arc<Source>,
    info: &Info<'_>,
    read: &FigureInfo,
    raw_html: Policy,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Node<Written>> {
    let Some((text, range)) = &read.notice else { return Vec::new() };
    let range = info.offset + range.start..info.offset + range.end;
    // Without escapes, the text stands in the source as it is.
    let place = if source.text.get(range.clone()) == Some(text.as_str()) {
        Place::Offset(range.start)
    } else {
        Place::Within(range)
    };
    let parsed = inline(source, text, place, raw_html);
    diagnostics.extend(parsed.diagnostics);
    parsed.value
}
