//! The code blocks of a page with their places.

use std::sync::Arc;

use cutaway::document::{CodeBlock, Diff, Document, Kind, Node, Written};

/// A code block that stands in the page.
pub struct Block {
    /// The block.
    pub code: Arc<CodeBlock>,
    /// Number of the line of its opening fence in the page, from 1.
    pub line: usize,
}

impl Block {
    /// Its text, line by line, hidden lines too; a line that is marked as deleted is empty.
    pub fn lines(&self) -> Vec<String> {
        let text = |tokens: &[(&str, String)]| tokens.iter().map(|(_, text)| text.as_str()).collect::<String>();
        let line = |it: &cutaway::document::CodeLine| match it.diff {
            Some(Diff::Deleted) => String::new(),
            _ => text(&it.tokens),
        };
        self.code.lines.iter().map(line).collect()
    }

    /// Its text.
    pub fn text(&self) -> String {
        self.lines().iter().map(|line| format!("{line}\n")).collect()
    }
}

/// The blocks of a page in one of these languages, in order.
pub fn blocks(document: &Document, languages: &[&str]) -> Vec<Block> {
    let mut found = Vec::new();
    add(&document.body, document, languages, &mut found);
    found
}

fn add(nodes: &[Node<Written>], document: &Document, languages: &[&str], found: &mut Vec<Block>) {
    for node in nodes {
        if let Kind::Code(code) = &node.kind
            && languages.contains(&code.language.as_str())
        {
            let line = document.source.line_column(node.range.start).0;
            found.push(Block { code: Arc::clone(code), line });
        }
        add(&node.children, document, languages, found);
    }
}
