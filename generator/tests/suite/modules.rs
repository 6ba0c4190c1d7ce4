//! Small modules made by hand, each of which misbehaves in one way.

use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, InstructionSink, MemorySection, MemoryType, Module, TypeSection, ValType,
};

/// A manifest with one knob, one preset and one panel.
pub const MANIFEST: &str = r#"{"abi":1,"name":"toy","title":"A toy","version":1,
"params":[{"name":"size","label":"size","kind":"range","min":0,"max":9,"default":"3","unit":"","more":false}],
"presets":[{"name":"start","label":"Start","settings":{"size":"4"},"seed":1,"question":"What now?","choices":["this","that"],"answer":1,"explanation":"Because."}],
"actions":[],"panels":[{"name":"main","title":"Main","place":"stage","width":320,"height":200}],"keys":[["Space","play or pause"]],"limits":[]}"#;

/// A frame that fits the manifest.
pub const FRAME: &str = r#"{"state":"preset=start","problems":[],"preset":"start","at":0,"events":2,"seed":1,"settings":{"size":"4"},
"panels":[{"name":"main","svg":"<svg viewBox=\"0 0 320 200\"></svg>","empty":false}],"narration":"Nothing yet.","words":"Nothing.",
"meters":[],"table":{"caption":"","head":[],"rows":[]},"log":[]}"#;

/// Where the texts lie in the module's memory.
const MANIFEST_AT: u32 = 1024;
const FRAME_AT: u32 = 16 * 1024;
const ROOM_AT: u32 = 48 * 1024;

/// Writes instructions.
pub type Write = for<'a, 'b> fn(&'a mut InstructionSink<'b>) -> &'a mut InstructionSink<'b>;

/// A module to be made.
pub struct Toy {
    pub manifest: String,
    pub frame: String,
    /// Code that runs in `demo_frame` before it answers.
    pub before_frame: Write,
    /// Pages of memory at the start.
    pub pages: u64,
    /// What `demo_alloc` answers.
    pub room_at: u32,
    /// Leave `demo_frame` out.
    pub without_frame: bool,
}

impl Default for Toy {
    fn default() -> Self {
        Self {
            manifest: MANIFEST.into(),
            frame: FRAME.into(),
            before_frame: |it| it,
            pages: 1,
            room_at: ROOM_AT,
            without_frame: false,
        }
    }
}

impl Toy {
    /// The module's bytes. Function 0 is an import, `browser.__wbg_createElement_0123456789abcdef`.
    pub fn wasm(&self) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        types.ty().function([], [ValType::I64]);
        types.ty().function([ValType::I32], [ValType::I32]);
        types.ty().function([ValType::I32; 3], [ValType::I64]);

        let mut imports = ImportSection::new();
        imports.import("browser", "__wbg_createElement_0123456789abcdef", EntityType::Function(0));

        let mut functions = FunctionSection::new();
        functions.function(1).function(2).function(3);

        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: self.pages,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });

        let mut exports = ExportSection::new();
        exports.export("memory", ExportKind::Memory, 0);
        exports.export("demo_manifest", ExportKind::Func, 1);
        exports.export("demo_alloc", ExportKind::Func, 2);
        if !self.without_frame {
            exports.export("demo_frame", ExportKind::Func, 3);
        }

        let mut code = CodeSection::new();
        code.function(&body(|it| answer(it, MANIFEST_AT, &self.manifest)));
        code.function(&body(|it| {
            it.i32_const(self.room_at.cast_signed());
        }));
        code.function(&body(|it| {
            (self.before_frame)(it);
            answer(it, FRAME_AT, &self.frame);
        }));

        let mut data = DataSection::new();
        for (at, text) in [(MANIFEST_AT, &self.manifest), (FRAME_AT, &self.frame)] {
            data.active(0, &ConstExpr::i32_const(at.cast_signed()), text.bytes());
        }

        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&memories)
            .section(&exports)
            .section(&code)
            .section(&data);
        module.finish()
    }
}

fn body(write: impl FnOnce(&mut InstructionSink<'_>)) -> Function {
    let mut function = Function::new([]);
    let mut sink = function.instructions();
    write(&mut sink);
    sink.end();
    function
}

fn answer(it: &mut InstructionSink<'_>, at: u32, text: &str) {
    it.i64_const((i64::from(at) << 32) | text.len() as i64);
}
