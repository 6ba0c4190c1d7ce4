//! A demo fence becomes a figure: its demo is found, its state checked, its set-up and outcome drawn by the module.
//! A plot or diagram fence needs a number only.

use std::ops::Range;
use std::sync::Arc;

use crate::book::{DiagramFigure, Figure, Live, PlotFigure};
use crate::demos::Demo;
use crate::demos::frame::Frame;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{DemoFence, DiagramFence, FenceValue, PlotFence};
use crate::resolve::fence::{self, Place};
use crate::resolve::page::Ctx;

/// The figure; without pictures if anything about it was reported, or demos are off.
pub fn resolve(ctx: &mut Ctx<'_>, fence: &DemoFence, range: &Range<usize>) -> Arc<Figure> {
    let number = ctx.next_figure();
    let live = live(ctx, fence, range);
    ctx.demos.extend(live.as_ref().map(|live| Arc::clone(&live.demo)));
    let title = fence.entries.iter().find_map(|entry| match (&entry.value, entry.key.as_str()) {
        (FenceValue::Text(title), "title") => Some(title.clone()),
        _ => None,
    });
    let title = title.or_else(|| live.as_ref().map(|it| it.demo.manifest.title.clone()));
    let title = title.unwrap_or_else(|| fence.name.0.clone());
    let notice = ctx.nodes(&fence.notice);
    Arc::new(Figure { id: fence.id.clone(), number, title, notice, live })
}

/// The figure of a plot.
pub fn plot(ctx: &mut Ctx<'_>, fence: &PlotFence) -> Arc<PlotFigure> {
    Arc::new(PlotFigure {
        id: fence.id.clone(),
        number: ctx.next_figure(),
        description_id: fence.description_id.clone(),
        plot: fence.plot.clone(),
        notice: ctx.nodes(&fence.notice),
    })
}

/// The figure of a diagram.
pub fn diagram(ctx: &mut Ctx<'_>, fence: &DiagramFence) -> Arc<DiagramFigure> {
    let [name_id, description_id] = fence.word_ids.clone();
    Arc::new(DiagramFigure {
        id: fence.id.clone(),
        number: ctx.next_figure(),
        title: fence.title.clone(),
        name: (name_id, fence.name.clone()),
        description: (description_id, fence.description.clone()),
        notice: ctx.nodes(&fence.notice),
        text: Arc::clone(&fence.text),
        drawing: fence.drawing.clone(),
    })
}

fn live(ctx: &mut Ctx<'_>, fence: &DemoFence, range: &Range<usize>) -> Option<Live> {
    let index = Arc::clone(ctx.index);
    let demos = index.demos.as_ref()?;
    let (name, name_range) = &fence.name;
    let Some(demo) = demos.get(name) else {
        let names = demos.keys().map(String::as_str);
        let mut diagnostic = Diagnostic::at(Code::UnknownDemo, ctx.span(name_range), format!("unknown demo `{name}`"))
            .label("no crate in `demos/` has this name")
            .did_you_mean(name, names.clone());
        if diagnostic.hints.is_empty() && !demos.is_empty() {
            let all: Vec<String> = names.map(|name| format!("`{name}`")).collect();
            diagnostic = diagnostic.hint(format!("the demos of this book are {}", all.join(", ")));
        }
        ctx.found.push(diagnostic);
        return None;
    };
    let page = ctx.document;
    let (state, problems) = fence::state(fence, &demo.manifest, |entry, place| {
        let range = match place {
            Place::Key => &entry.key_range,
            Place::Value => &entry.value_range,
        };
        crate::source::Span::new(&page.source, range.clone())
    });
    if !problems.is_empty() {
        ctx.found.extend(problems);
        return None;
    }
    let frame = draw(ctx, demo, &state, false, range, name_range)?;
    if frame.problems.is_empty() {
        let outcome = draw(ctx, demo, &state, true, range, name_range)?;
        return Some(Live { demo: Arc::clone(demo), frame, outcome });
    }
    for problem in &frame.problems {
        let entry = fence.entries.iter().find(|entry| entry.key == problem.key);
        let place = entry.map_or(name_range, |entry| &entry.value_range);
        let mut diagnostic =
            Diagnostic::at(Code::BadDemoFence, ctx.span(place), format!("`{}`: {}", problem.key, problem.message));
        if !problem.expected.is_empty() {
            diagnostic = diagnostic.label(format!("expected {}", problem.expected));
        }
        ctx.found.push(diagnostic);
    }
    None
}

fn draw(
    ctx: &mut Ctx<'_>,
    demo: &Demo,
    state: &str,
    outcome: bool,
    range: &Range<usize>,
    name: &Range<usize>,
) -> Option<Arc<Frame>> {
    match &*ctx.frames.answer(demo, state, outcome) {
        Ok(frame) => Some(Arc::clone(frame)),
        Err(failure) => {
            let what = if outcome { "the outcome" } else { "the first picture" };
            let state = if state.is_empty() { "its default state".to_string() } else { format!("the state `{state}`") };
            let line = ctx.document.source.line_column(range.start).0;
            let diagnostic =
                Diagnostic::at(Code::DemoFailed, ctx.span(name), format!("demo `{}` {failure}", demo.name))
                    .label(format!("while it drew {what} of this figure"))
                    .hint(format!(
                        "figure `#{}` in line {line} of `content/{}` asks for {state}",
                        ctx.figure_id,
                        ctx.path()
                    ));
            ctx.found.push(diagnostic);
            None
        }
    }
}
