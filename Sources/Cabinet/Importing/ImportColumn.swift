/// What a column of a register table holds. The names are those of `--map HEAD=KEY`.
package enum ImportColumn: String, Hashable, Sendable, CaseIterable {
    case address
    /// How many registers the value takes.
    case count
    /// The Modbus function that reads it, or the table that it lies in.
    case function
    case name
    case description
    case type
    case order
    case unit
    /// A factor whose sense the head does not say, as makers divide by it or multiply by it.
    case factor
    /// A factor by which the raw number is multiplied, as the head says.
    case times
    /// A number by which the raw number is divided, as the head says.
    case divisor
    case decimals
    case offset
    case access
    /// What single values mean: `0: off; 1: on`.
    case values
    case bit
    /// Raw values that mean "no value".
    case invalid
    /// A formula that computes the value; only the simplest can be said.
    case formula
    /// A total that only grows, where a library says so.
    case total
    case ignore

    /// Heads in small letters and without signs: English, Indonesian, German and Chinese, and the words of other
    /// tools' tables.
    static let heads: [(ImportColumn, [String])] = [
        (
            .address,
            [
                "address", "addr", "register", "reg", "register address", "reg addr", "register number", "register no",
                "modbus address", "modbus register", "modbus addr", "start address", "starting address", "data address",
                "pdu address", "protocol address", "holding register", "input register", "offset address",
                "address hex", "address dec", "hex address", "dec address", "hex", "registers", "address pdu",
                "alamat", "alamat register", "alamat modbus", "nomor register", "no register", "alamat awal",
                "adresse", "registeradresse", "register adresse", "registernummer", "modbusadresse", "startadresse",
                "modbus adresse", "地址", "寄存器", "寄存器地址", "起始地址", "数据地址", "通讯地址", "寄存器号", "首地址",
            ]
        ),
        (
            .count,
            [
                "count", "len", "length", "size", "words", "number of registers", "no of registers", "reg count",
                "quantity", "registers count", "register count", "num registers", "nr of registers", "jumlah register",
                "jumlah", "panjang", "anzahl", "länge", "anzahl register", "laenge", "registeranzahl", "数量", "长度",
                "寄存器数量", "寄存器个数", "寄存器数", "字数", "个数",
            ]
        ),
        (
            .function,
            [
                "function", "function code", "fc", "func", "function codes", "modbus function", "register type",
                "reg type", "register kind", "table", "register table", "object type", "memory", "area", "fungsi",
                "kode fungsi", "jenis register", "tipe register", "tabel", "funktion", "funktionscode",
                "registertyp", "registerart", "功能码", "功能", "寄存器类型", "读取功能码",
            ]
        ),
        (
            .name,
            [
                "name", "parameter", "parameters", "signal", "signal name", "variable", "tag", "point", "item", "label",
                "parameter name", "register name", "data", "data name", "measurement", "title", "quantity name",
                "nama", "nama parameter", "besaran", "nama data", "bezeichnung", "messwert", "parametername",
                "signalname", "größe", "名称", "参数", "参数名称", "信号名称", "变量", "变量名", "数据名称", "项目", "寄存器名称",
                "数据项", "参数名",
            ]
        ),
        (
            .description,
            [
                "description", "desc", "comment", "comments", "remark", "remarks", "note", "notes", "meaning",
                "content", "contents", "definition", "explanation", "keterangan", "deskripsi", "penjelasan", "uraian",
                "arti", "catatan", "beschreibung", "bemerkung", "kommentar", "bedeutung", "hinweis", "erläuterung",
                "描述", "说明", "备注", "含义", "内容", "定义", "注释",
            ]
        ),
        (
            .type,
            [
                "type", "data type", "datatype", "format", "data format", "value type", "encoding", "register format",
                "number format", "variable type", "tipe", "tipe data", "jenis data", "format data", "typ", "datentyp",
                "datenformat", "数据类型", "类型", "数据格式", "格式", "变量类型",
            ]
        ),
        (
            .order,
            [
                "word order", "byte order", "endian", "endianness", "order", "swap", "byteorder", "wordorder",
                "urutan word", "urutan byte", "urutan", "wortreihenfolge", "bytereihenfolge", "字节序", "字节顺序",
                "字序", "大小端",
            ]
        ),
        (
            .unit,
            [
                "unit", "units", "uom", "engineering unit", "eng unit", "unit of measure", "unit of measurement",
                "measuring unit", "satuan", "unit satuan", "einheit", "masseinheit", "maßeinheit", "单位", "计量单位",
            ]
        ),
        (
            .factor,
            [
                "factor", "scale", "scaling", "scale factor", "scalefactor", "scaling factor", "gain", "coefficient",
                "ratio", "resolution", "precision", "lsb", "step", "resolusi", "auflösung", "精度", "分辨率", "分度", "faktor",
                "skala", "faktor skala", "skalierung", "skalierungsfaktor", "系数", "倍率", "比例",
                "比例系数", "缩放", "增益", "缩放系数",
            ]
        ),
        (
            .times,
            [
                "multiplier", "multiply", "multiply by", "multiplication factor", "times", "pengali", "dikali",
                "multiplikator", "乘数", "乘以",
            ]
        ),
        (
            .divisor,
            [
                "divisor", "divide", "divide by", "divider", "pembagi", "dibagi", "teiler", "divisor 10", "除数", "除以",
            ]
        ),
        (
            .decimals,
            [
                "decimals", "decimal places", "decimal", "digits", "desimal", "jumlah desimal", "nachkommastellen",
                "dezimalstellen", "小数位", "小数位数",
            ]
        ),
        (.offset, ["offset", "zero offset", "value offset", "geser", "versatz", "偏移", "偏移量", "偏置"]),
        (
            .access,
            [
                "access", "r w", "rw", "read write", "mode", "access type", "read write access", "permission",
                "attribute", "property", "r o", "akses", "hak akses", "baca tulis", "zugriff", "lesen schreiben",
                "zugriffsart", "读写", "读写属性", "属性", "访问", "权限", "读 写",
            ]
        ),
        (
            .values,
            [
                "values", "enum", "enumeration", "value description", "states", "options", "value list", "codes",
                "nilai", "arti nilai", "werte", "werteliste", "枚举", "取值", "值",
            ]
        ),
        (.bit, ["bit", "bit number", "bit no", "bit position", "bits", "nomor bit", "位"]),
        (.invalid, ["invalid", "invalid value", "nan", "error value", "no value", "ungültig", "无效值"]),
        (.formula, ["formula", "rumus", "formel", "公式", "calculation"]),
        (
            .ignore,
            [
                "range", "value range", "jangkauan", "rentang", "bereich", "wertebereich", "范围", "取值范围", "min", "max",
                "default", "no", "nr", "no.", "序号", "role", "room", "poll", "wp", "cw", "isscale",
            ]
        ),
    ]

    private static let byHead: [String: ImportColumn] = Dictionary(
        heads.flatMap { column, words in words.map { ($0, column) } }
    ) { first, _ in first }

    /// The column that a head names: by the whole head, or by the head without what stands in brackets.
    static func named(_ head: String) -> ImportColumn? {
        let whole = plain(head)
        if let column = byHead[whole] { return column }
        let open = plain(String(head.prefix { !"([（【".contains($0) }))
        if let column = byHead[open] { return column }
        // "Register address (PDU, from 0)", "Modbus-Adresse dez.": the longest words that begin or end it.
        for (column, words) in heads where column != .ignore {
            for word in words where word.count >= 4 || !word.allSatisfy(\.isASCII) {
                if whole.hasPrefix(word + " ") || whole.hasSuffix(" " + word) { return column }
            }
        }
        return nil
    }

    /// In small letters, with one space for all that is no letter and no digit.
    static func plain(_ text: String) -> String {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.joined(separator: " ")
    }
}
