//! What is kept from build to build, so that a small change costs little.
//!
//! Every stage keeps what it made together with *all* that it was made from, and makes it anew unless that is equal.
//! A build with a memo is therefore the clean build, only sooner.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Warned};
use crate::document::Document;
use crate::path::SourcePath;
use crate::source::Source;
use crate::{check, demos, parse, render, resolve};

/// The memory of the last build. An empty one makes a clean build.
#[derive(Debug, Default)]
pub struct Memo {
    /// No build follows: what a stage has made goes as soon as no later one asks for it.
    once: bool,
    /// When each page last changed, asked once.
    pub changed: Option<BTreeMap<SourcePath, (u16, u8, u8)>>,
    /// Crates and modules.
    pub demos: demos::Memo,
    /// Parsed pages.
    pub documents: Documents,
    /// Resolved pages and the pictures of demos.
    pub resolved: resolve::Memo,
    /// Rendered pages.
    pub rendered: render::Memo,
    /// What was checked of the finished site.
    pub checked: check::Memo,
}

impl Memo {
    /// The memory for a build that no other follows.
    pub fn once() -> Self {
        Self { once: true, ..Self::default() }
    }

    /// The pages are resolved.
    pub(crate) fn resolved(&mut self) {
        if self.once {
            self.documents = Documents::default();
            self.resolved = resolve::Memo::default();
        }
    }

    /// The site is rendered.
    pub(crate) fn rendered(&mut self) {
        if self.once {
            self.rendered = render::Memo::default();
        }
    }
}

/// Parsed pages with the text and the switches that they follow from.
#[derive(Debug, Default)]
pub struct Documents {
    config: Arc<Config>,
    pages: BTreeMap<SourcePath, Parsed>,
}

/// A parsed page and what is wrong with it.
#[derive(Clone, Debug)]
struct Parsed {
    document: Arc<Document>,
    diagnostics: Arc<[Diagnostic]>,
}

impl Documents {
    /// Parses every page whose text or whose book's configuration has changed.
    pub fn parse(
        &mut self,
        sources: &BTreeMap<SourcePath, Arc<Source>>,
        config: &Arc<Config>,
    ) -> Warned<BTreeMap<SourcePath, Arc<Document>>> {
        if self.config != *config {
            *self = Self { config: Arc::clone(config), pages: BTreeMap::new() };
        }
        let parse = |(path, source): (&SourcePath, &Arc<Source>)| {
            let kept = self.pages.get(path).filter(|kept| kept.document.source == *source);
            let parsed = kept.cloned().unwrap_or_else(|| {
                let Warned { value, diagnostics } = parse::document(path, source, config);
                Parsed { document: Arc::new(value), diagnostics: diagnostics.into() }
            });
            (path.clone(), parsed)
        };
        let pages: Vec<(SourcePath, Parsed)> = sources.par_iter().map(parse).collect();
        self.pages = pages.into_iter().collect();
        Warned {
            value: self.pages.iter().map(|(path, parsed)| (path.clone(), Arc::clone(&parsed.document))).collect(),
            diagnostics: self.pages.values().flat_map(|parsed| parsed.diagnostics.iter().cloned()).collect(),
        }
    }
}
