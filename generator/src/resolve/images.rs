//! Which file an image is, and how large; or a complaint.

use std::ops::Range;

use crate::book::Picture;
use crate::config::Policy;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::url::scheme;
use crate::path::SourcePath;
use crate::resolve::links::{self, nearest_path};
use crate::resolve::page::Ctx;
use crate::resolve::summary::outside;
use crate::resolve::svg;

/// What a file of `content/` is as an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pixels {
    /// An image, with its size where the file tells it.
    Size(Option<(u32, u32)>),
    /// By its name an image, by its content not.
    Unreadable,
    /// Something else.
    None,
}

/// Looks into a file.
pub fn pixels(path: &SourcePath, bytes: &[u8]) -> Pixels {
    let extension = path.file_name().rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("png" | "jpg" | "jpeg" | "gif" | "webp") => imagesize::blob_size(bytes)
            .map_or(Pixels::Unreadable, |size| {
                Pixels::Size(u32::try_from(size.width).ok().zip(u32::try_from(size.height).ok()))
            }),
        Some("svg") => svg::size(bytes).map_or(Pixels::Unreadable, Pixels::Size),
        Some("avif" | "ico" | "bmp" | "apng") => Pixels::Size(None),
        _ => Pixels::None,
    }
}

/// Resolves `written`, which stands at `range` of the page. `None` if it was reported.
pub fn resolve(ctx: &mut Ctx<'_>, written: &str, range: &Range<usize>) -> Option<Picture> {
    if let Some(scheme) = scheme(written) {
        return remote(ctx, written, &scheme, range);
    }
    let missing = |ctx: &mut Ctx<'_>, message: String, label: &str| {
        let diagnostic = Diagnostic::at(Code::MissingImage, ctx.find(written, range), message).label(label);
        ctx.found.push(diagnostic);
        None
    };
    let Some(path) = links::local_path(written) else {
        return missing(ctx, "image without a file".into(), "nothing stands here");
    };
    let path = match ctx.path().join(&path) {
        Ok(path) => path,
        Err(why) => {
            let diagnostic =
                Diagnostic::at(Code::OutsideBook, ctx.find(written, range), format!("image {}", outside(written, why)))
                    .label("outside the book")
                    .hint("put the image beside the page, and name it by a path relative to the page");
            ctx.found.push(diagnostic);
            return None;
        }
    };
    match ctx.index.files.get(&path).map(|file| (file.pixels, &file.output)) {
        Some((Pixels::Size(size), file)) => Some(Picture::Local { file: file.clone(), size }),
        Some((Pixels::Unreadable, _)) => {
            missing(ctx, format!("image `{written}` cannot be read"), "its content is not what its name says")
        }
        Some((Pixels::None, _)) => missing(ctx, format!("`{written}` is no image"), "a file of another kind"),
        None if ctx.index.page_at(&path).is_some() => {
            missing(ctx, format!("`{written}` is no image"), "a page of the book")
        }
        None => unknown(ctx, written, &path, range),
    }
}

fn unknown(ctx: &mut Ctx<'_>, written: &str, path: &SourcePath, range: &Range<usize>) -> Option<Picture> {
    let mut diagnostic =
        Diagnostic::at(Code::MissingImage, ctx.find(written, range), format!("image `{written}` does not exist"))
            .label(format!("there is no `content/{path}`"));
    if ctx.guess() {
        let images = ctx.index.files.iter().filter(|(_, file)| file.pixels != Pixels::None).map(|(path, _)| path);
        if let Some(near) = nearest_path(path, images) {
            diagnostic = diagnostic.hint(format!("did you mean `{}`?", links::relative(ctx.path(), near)));
        }
    }
    ctx.found.push(diagnostic);
    None
}

fn remote(ctx: &mut Ctx<'_>, written: &str, scheme: &str, range: &Range<usize>) -> Option<Picture> {
    let allowed = ctx.index.config.remote_images == Policy::Allow;
    if scheme == "https" && allowed {
        return Some(Picture::Remote(written.to_string()));
    }
    let diagnostic = Diagnostic::at(
        Code::RemoteImage,
        ctx.find(written, range),
        format!("image `{}` is not a file of the book", shorten(written)),
    );
    let diagnostic = match scheme {
        "https" => diagnostic
            .label("this would be fetched from another host")
            .hint("put the image beside the page, or set `remote-images = \"allow\"` under `[html]` in `book.toml`"),
        "http" if allowed => diagnostic.label("this would be fetched without encryption").hint("use `https:`"),
        _ => diagnostic.label("images are files").hint("put the image beside the page"),
    };
    ctx.found.push(diagnostic);
    None
}

fn shorten(written: &str) -> String {
    match written.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", &written[..end]),
        None => written.to_string(),
    }
}
