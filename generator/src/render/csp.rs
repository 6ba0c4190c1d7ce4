//! The content security policy of a page: nothing inline, nothing from other hosts.

/// What a page needs beyond its own files.
#[derive(Clone, Copy, Debug, Default)]
pub struct Needs {
    /// It has a demo, which is compiled by the browser.
    pub wasm: bool,
    /// The author allows images of other hosts.
    pub remote_images: bool,
}

/// The policy.
pub fn csp(needs: Needs) -> String {
    let script = if needs.wasm { " 'wasm-unsafe-eval'" } else { "" };
    let images = if needs.remote_images { " https:" } else { "" };
    format!(
        "default-src 'none'; script-src 'self'{script}; style-src 'self'; img-src 'self'{images}; font-src 'self'; \
         connect-src 'self'; base-uri 'none'; form-action 'none'"
    )
}
