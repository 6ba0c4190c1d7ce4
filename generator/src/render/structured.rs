//! Structured data of a page (JSON-LD, schema.org): the book, the chapter in it, and the way to it.

use serde_json::{Value, json};

use crate::book::{Book, Page, PageKind};
use crate::render::machines::{address, day};

/// The data block of a page, fit to stand in a `<script type="application/ld+json">`. URLs are there only if the book has
/// an absolute base URL.
pub fn structured(book: &Book, page: &Page) -> String {
    let mut graph = vec![subject(book, page)];
    if page.kind != PageKind::Home {
        graph.push(breadcrumbs(book, page));
    }
    let data = json!({ "@context": "https://schema.org", "@graph": graph });
    // So that no text can close the element.
    data.to_string().replace('<', "\\u003c")
}

fn subject(book: &Book, page: &Page) -> Value {
    let kind = match page.kind {
        PageKind::Home => "Book",
        PageKind::Chapter => "Chapter",
        PageKind::Part | PageKind::Page => "WebPage",
    };
    let mut it = json!({ "@type": kind, "name": page.title_text, "inLanguage": book.config.language });
    let description = if page.description.is_empty() && page.kind == PageKind::Home {
        &book.config.description
    } else {
        &page.description
    };
    if !description.is_empty() {
        it["description"] = json!(description);
    }
    if let Some(number) = &page.number {
        it["position"] = json!(number);
    }
    if let Some(date) = page.date {
        it["dateModified"] = json!(day(date));
    }
    if book.config.is_absolute() {
        it["url"] = json!(address(book, &page.output));
    }
    if page.kind == PageKind::Home {
        it["author"] = authors(book);
    } else {
        it["isPartOf"] = json!({ "@type": "Book", "name": book.config.title });
    }
    it
}

fn authors(book: &Book) -> Value {
    book.config.authors.iter().map(|name| json!({ "@type": "Person", "name": name })).collect()
}

/// Home, the part, the page.
fn breadcrumbs(book: &Book, page: &Page) -> Value {
    let home = book.pages.iter().find(|it| it.kind == PageKind::Home);
    let part = page.part.map(|idx| &book.parts[idx]).filter(|part| part.number.is_some());
    let opener = part.and_then(|part| part.page).map(|idx| &book.pages[idx]);
    let mut steps = vec![(book.config.title.as_str(), home)];
    if page.kind != PageKind::Part {
        steps.extend(part.map(|part| (part.title.as_str(), opener)));
    }
    steps.push((page.title_text.as_str(), Some(page)));
    let item = |(idx, (name, page)): (usize, (&str, Option<&Page>))| {
        let mut item = json!({ "@type": "ListItem", "position": idx + 1, "name": name });
        if let Some(page) = page.filter(|_| book.config.is_absolute()) {
            item["item"] = json!(address(book, &page.output));
        }
        item
    };
    let items: Vec<Value> = steps.into_iter().enumerate().map(item).collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}
