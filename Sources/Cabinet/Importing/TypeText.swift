import Profiles

/// A type as a table or a library writes it, as far as the word says it.
struct TypeText: Hashable {
    /// Nil where the word leaves the width open: `unsigned`.
    var type: RegisterType?
    /// What the word says about the order of bytes and words.
    var order: WordOrder?
    /// Whether a number is signed whose width the word leaves open.
    var isSigned: Bool?
    /// One character a register, or two.
    var characters: Int?

    /// Nil for a word that nobody here knows.
    init?(_ text: String) {
        let lower = text.lowercased()
        let plain = String(lower.filter { $0.isLetter || $0.isNumber })
        if let known = Self.exact[plain] {
            self = known
            return
        }
        if let number = Self.ofLibrary(plain) {
            self = number
            return
        }
        // Eight bits of a register, three registers' halves and the like are no types of ours.
        let numbers = lower.split { !$0.isNumber }.map(String.init)
        let isOdd = numbers.contains { ["8", "24", "48", "128"].contains($0) } || lower.contains("?")
        if isOdd || ["sint", "usint", "byte", "ubyte"].contains(plain) { return nil }
        // "16-bit unsigned integer", "无符号16位整数", "32 bit float".
        let isFloat = ["float", "real", "ieee", "浮点"].contains { lower.contains($0) }
        let isUnsigned = ["unsigned", "uint", "无符号", "tanpa tanda", "ohne vorzeichen"].contains { lower.contains($0) }
        let isSigned =
            !isUnsigned
            && ["signed", "int", "有符号", "bertanda", "vorzeichen"].contains { lower.contains($0) }
        let width = ["64", "32", "16"].first { lower.contains($0) }.flatMap { Int($0) }
        let isFour = ["四字节", "4字节", "4 byte"].contains { lower.contains($0) }
        if isFloat {
            self.init(type: width == 64 ? .float64 : .float32)
        } else if isUnsigned || isSigned {
            guard let width = width ?? (isFour ? 32 : nil) else {
                self.init(isSigned: isSigned)
                return
            }
            self.init(type: Self.whole(width, signed: isSigned))
        } else if lower.contains("string") || lower.contains("ascii") || lower.contains("字符") {
            self.init(type: .string)
        } else {
            return nil
        }
    }

    init(type: RegisterType? = nil, order: WordOrder? = nil, isSigned: Bool? = nil, characters: Int? = nil) {
        self.type = type
        self.order = order
        self.isSigned = isSigned
        self.characters = characters
    }

    static func whole(_ width: Int, signed: Bool) -> RegisterType {
        switch width {
        case 64: signed ? .int64 : .uint64
        case 32: signed ? .int32 : .uint32
        default: signed ? .int16 : .uint16
        }
    }

    /// `uint32sw` of ioBroker, `int32s` and `float32s` of evcc: a type's word with the order's letters after it.
    private static func ofLibrary(_ word: String) -> TypeText? {
        for (ending, order) in endings where word.hasSuffix(ending) {
            let start = String(word.dropLast(ending.count))
            // One letter alone means an order only after a width: `int32s`, and not `floats`.
            if ending.count == 1, start.last?.isNumber != true { continue }
            guard let known = exact[start], let type = known.type, known.order == nil, type != .string else { continue }
            // One register has no words to swap.
            return TypeText(type: type, order: type.registers == 1 && order == .cdab ? .abcd : order)
        }
        return nil
    }

    private static let endings: [(String, WordOrder)] = [
        ("be", .abcd), ("le", .dcba), ("sw", .cdab), ("sb", .badc), ("abcd", .abcd), ("cdab", .cdab), ("badc", .badc),
        ("dcba", .dcba), ("swapped", .cdab), ("swap", .cdab), ("s", .cdab), ("r", .cdab), ("inverse", .cdab),
    ]

    private static let exact: [String: TypeText] = {
        let lists: [(TypeText, String)] = [
            (
                TypeText(type: .uint16),
                "uint16 u16 ushort ushort16 word unsignedshort uint16t uword unsigned16 unsigned16bit 16bitunsigned "
                    + "unsignedint16 int16u "
                    + "wordunsigned unsignedword uint16bit u16bit 无符号16位 无符号短整型 16位无符号 16位无符号整数"
            ),
            (
                TypeText(type: .int16),
                "int16 s16 i16 short short16 sword int16t signed16 signedshort signed16bit 16bitsigned "
                    + "signedint16 signedword "
                    + "sint16 int16bit 有符号16位 短整型 16位有符号 16位有符号整数"
            ),
            (
                TypeText(type: .uint32),
                "uint32 u32 ulong ulong32 dword unsignedlong uint32t udword udint unsigned32 unsigned32bit "
                    + "32bitunsigned "
                    + "unsignedint32 int32u unsignedlongint u32bit uint32bit doubleword 无符号32位 无符号长整型 32位无符号 acc32"
            ),
            (
                TypeText(type: .int32),
                "int32 s32 i32 long long32 dint sdword int32t signed32 signedlong signed32bit 32bitsigned "
                    + "signedint32 sint32 "
                    + "longint int32bit 有符号32位 长整型 32位有符号"
            ),
            (
                TypeText(type: .uint64),
                "uint64 u64 int64u qword ulint uint64t unsigned64 ulonglong acc64 unsignedlonglong uqword"
            ),
            (TypeText(type: .int64), "int64 s64 i64 lint sqword int64t signed64 longlong"),
            (
                TypeText(type: .float32),
                "float float32 f32 real real4 single ieee754 fp32 ieee float32ieee floatingpoint 32bitfloat float4 "
                    + "floatieee754 singlefloat 浮点 浮点数 浮点型 单精度 单精度浮点 单精度浮点数 32位浮点数 ieee754float"
            ),
            (TypeText(type: .float64), "float64 double f64 lreal real8 float64ieee fp64 双精度"),
            (TypeText(type: .string), "string ascii char str text stringbe utf8 字符串"),
            (TypeText(type: .bool), "bool boolean bit flag"),
            (TypeText(type: .uint16), "enum16 bitfield16 acc16 enum bitmask bitmap bits"),
            (TypeText(type: .uint32), "bitfield32 enum32"),
            (TypeText(type: .uint64), "bitfield64"),
            (TypeText(type: .bcd16), "bcd16"),
            (TypeText(type: .bcd32), "bcd32"),
            (TypeText(type: .uint32, order: .cdab), "udwordr"), (TypeText(type: .int32, order: .cdab), "sdwordr"),
            (TypeText(type: .uint64, order: .cdab), "uqwordr"), (TypeText(type: .int64, order: .cdab), "sqwordr"),
            (TypeText(type: .float32, order: .cdab), "fp32r"),
            (TypeText(isSigned: false), "unsigned uint unsignedint unsignedinteger 无符号 无符号整数 无符号整型"),
            (TypeText(isSigned: true), "signed int integer signedint signedinteger 有符号 整数 整型 bulat"),
            (TypeText(type: .uint16), "uint16nan bool16 uint16n"), (TypeText(type: .int16), "int16nan int16n"),
            (TypeText(type: .uint32), "uint32nan"), (TypeText(type: .int32), "int32nan"),
            (TypeText(type: .float32), "float32nan"), (TypeText(type: .uint64), "uint64nan"),
        ]
        return Dictionary(
            lists.flatMap { type, words in words.split(separator: " ").map { (String($0), type) } }
        ) { first, _ in first }
    }()
}

/// An order as a table writes it.
enum OrderText {
    static func order(_ text: String) -> WordOrder? {
        let plain = text.lowercased().filter { $0.isLetter || $0.isNumber }
        if let order = WordOrder.ofEightBytes[plain.uppercased()] { return order }
        return words[plain]
    }

    /// `big endian` alone says nothing about words: there are devices of all four orders that call themselves so.
    private static let words: [String: WordOrder] = [
        "1234": .abcd, "3412": .cdab, "2143": .badc, "4321": .dcba, "ab": .abcd, "ba": .badc,
        "highwordfirst": .abcd, "mswfirst": .abcd, "highlow": .abcd, "msbfirst": .abcd,
        "lowwordfirst": .cdab, "lswfirst": .cdab, "lowhigh": .cdab, "wordswap": .cdab, "swapped": .cdab,
        "byteswap": .badc, "高字在前": .abcd, "低字在前": .cdab, "高位在前": .abcd, "低位在前": .cdab,
        "none": .abcd, "word": .cdab, "byte": .badc, "wordbyte": .dcba,
    ]
}
