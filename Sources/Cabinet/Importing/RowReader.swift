import Domain
import Profiles

/// Reads one row into a point, or says why it becomes none.
struct RowReader {
    let options: ImportOptions
    let factor: FactorSense?
    /// The addresses of the table, in order: what lies between two of them is the most that a value can take.
    let addresses: [Int]
    private(set) var remarks: [ImportRemark] = []

    init(options: ImportOptions, factor: FactorSense?, addresses: [Int]) {
        self.options = options
        self.factor = options.factor ?? factor
        self.addresses = addresses
    }

    /// What stands for a row in a remark.
    static func title(_ row: ImportRow) -> String { row[.name] ?? row[.description] ?? row.text }

    /// Whether the row's access says that it is only written; nil where no access stands there.
    static func isOnlyWritten(_ row: ImportRow) -> Bool {
        if let function = row[.function], case .some(.none) = FunctionText.table(function) { return true }
        guard let access = row[.access] else { return false }
        let plain = ImportColumn.plain(access).replacing(" ", with: "")
        let words = [
            "w", "wo", "write", "writeonly", "tulis", "hanyatulis", "schreiben", "nurschreiben", "写", "只写", "写入",
        ]
        return words.contains(plain)
    }

    /// A register that can be written too is a holding register; that it can be read only says nothing.
    static func isWritable(_ row: ImportRow) -> Bool {
        guard let access = row[.access] else { return false }
        let plain = ImportColumn.plain(access).replacing(" ", with: "")
        return ["rw", "readwrite", "wr", "bacatulis", "lesenschreiben", "读写", "可读写", "可读可写"].contains(plain)
    }

    mutating func point(_ row: ImportRow, at address: AddressText, number: Int, table: RegisterTable?) -> DraftPoint? {
        let isBit = table?.holdsBits == true
        guard let kind = type(row, address, isBit: isBit) else { return nil }
        var point = DraftPoint(name: "", row: row, table: table, number: number, type: kind.type, registers: kind.count)
        point.order = row.order ?? kind.order
        if let text = row[.order] {
            if let order = OrderText.order(text) {
                point.order = order
            } else {
                remark(row, .unknownOrder(text))
            }
        }
        if isBit { return point }
        if let bits = bits(row, address) {
            point.fields = [(name: "", bits: bits)]
            point.type = nil
            return point
        }
        if let type = kind.type {
            point.set("type", type.rawValue)
        } else {
            remark(row, .missingType)
            point.set("type", Self.openType(kind.count, isSigned: row[.type].flatMap { TypeText($0)?.isSigned }))
        }
        if kind.type == .string {
            point.set("registers", "\(kind.count)")
            return point
        }
        measure(row, &point)
        if let text = row[.invalid] { invalid(text, row, &point) }
        names(row, &point)
        return point
    }

    private static func openType(_ count: Int, isSigned: Bool?) -> String {
        let bits = [2: 32, 4: 64][count] ?? 16
        switch isSigned {
        case nil where bits == 16: return "TODO uint16 or int16, or a type of two registers"
        case nil: return "TODO uint\(bits), int\(bits) or float\(bits)"
        case true?: return "TODO int16 or int32"
        case false?: return "TODO uint16 or uint32"
        }
    }

    mutating func remark(_ row: ImportRow, _ kind: ImportRemark.Kind) {
        remarks.append(ImportRemark(line: row.line, row: Self.title(row), kind))
    }

    // MARK: Type

    /// The type and how many registers it takes; nil, with a remark, where they contradict each other.
    private mutating func type(
        _ row: ImportRow,
        _ address: AddressText,
        isBit: Bool
    ) -> (type: RegisterType?, count: Int, order: WordOrder?)? {
        if isBit { return (.bool, 1, nil) }
        let range = address.last.map { $0 - address.first + 1 }
        let column = row[.count].flatMap { Int($0.prefix { $0.isNumber }) }
        let gap = addresses.first { $0 > address.first }.map { $0 - address.first }
        var count = range ?? column
        // A length of four bytes is one of two registers.
        if range == nil, let column, let gap, column.isMultiple(of: 2), gap == column / 2 { count = column / 2 }
        guard let text = row[.type] else {
            if let type = options.type {
                return (type, type == .string ? max(count ?? 1, 1) : type.registers, nil)
            }
            return (nil, count ?? 1, nil)
        }
        guard let word = TypeText(text) else {
            remark(row, .noTypeWord(text))
            return nil
        }
        guard let type = word.type else {
            let width = count ?? (gap == 1 ? 1 : nil)
            guard let signed = word.isSigned, let width, [1, 2, 4].contains(width) else {
                return (nil, width ?? 1, word.order)
            }
            return (TypeText.whole(width * 16, signed: signed), width, word.order)
        }
        if type == .bool { return (.uint16, 1, word.order) }
        if type == .string {
            guard let count, (1...125).contains(count) else {
                remark(row, .stringLength)
                return nil
            }
            return (.string, count, word.order)
        }
        if let count, count != type.registers, count != type.registers * 2 || range != nil {
            remark(row, .tooManyRegisters(type: type.rawValue, registers: count))
            return nil
        }
        return (type, type.registers, word.order)
    }

    private mutating func bits(_ row: ImportRow, _ address: AddressText) -> ClosedRange<Int>? {
        if let bits = address.bits { return bits }
        guard let text = row[.bit] else { return nil }
        let ends = text.lowercased().replacing("bit", with: "").split { !$0.isNumber }.compactMap { Int($0) }
        guard let low = ends.min(), let high = ends.max(), ends.count <= 2, high < 16 else { return nil }
        return low...high
    }

    // MARK: Numbers

    private mutating func measure(_ row: ImportRow, _ point: inout DraftPoint) {
        var scale: DecimalNumber?
        func multiply(_ number: DecimalNumber) { scale = scale.map { $0 * number } ?? number }
        var unitText = row[.unit]
        var blanks: [String] = []
        // "0.1 V" under "unit" is a step and a unit.
        if let text = unitText, let step = FactorText(text), let rest = step.unit, row[.times] == nil,
            row[.factor] == nil, row[.divisor] == nil, text.first?.isNumber == true
        {
            multiply(step.number)
            unitText = rest
        }
        if let text = row[.times] {
            if let step = FactorText(text), step.isDivisor != true {
                multiply(step.number)
                unitText = unitText ?? step.unit
            } else if let step = FactorText(text), let part = step.number.reciprocal {
                multiply(part)
            } else {
                blanks.append(text)
                remark(row, .unknownFactor(text))
            }
        }
        if let text = row[.divisor] {
            if let part = FactorText(text)?.number.reciprocal {
                multiply(part)
            } else {
                blanks.append(text)
                remark(row, .unknownFactor(text))
            }
        }
        if let text = row[.decimals], let places = Int(text), (1...9).contains(places) {
            multiply(DecimalNumber(1).shifted(by: -places))
        }
        // What is not understood must not be read as if it were nothing: the factor stays open.
        var open = blanks.last.map { Self.blank("1", $0) }
        if let text = row[.factor] {
            if let step = FactorText(text) {
                unitText = unitText ?? step.unit
                let sense = step.isDivisor.map { $0 ? FactorSense.divided : .times } ?? factor
                if step.number <= .zero {
                    // A power of ten, perhaps.
                    open = Self.blank("1", text)
                    remark(row, .unknownFactor(text))
                } else if sense == .divided {
                    if let part = step.number.reciprocal {
                        multiply(part)
                    } else {
                        open = Self.blank("1", text)
                        remark(row, .unknownFactor(text))
                    }
                } else if sense == nil, step.number > DecimalNumber(1) {
                    // Some makers multiply by it, others divide.
                    open = "TODO \(step.number)" + (step.number.reciprocal.map { " or \($0)" } ?? "")
                    remark(row, .factorSense(text))
                } else {
                    multiply(step.number)
                }
            } else {
                open = Self.blank("1", text)
                remark(row, .unknownFactor(text))
            }
        }
        if let text = row[.formula] {
            open = Self.blank("1", text)
            remark(row, .formula(text))
        }
        if scale == nil, open == nil, row[.factor] == nil, let words = Self.scaleInWords(row) {
            open = Self.blank("1", words)
            remark(row, .unknownFactor(words))
        }
        unit(unitText, row, &point)
        if let open {
            point.set("scale", open)
        } else if let scale, scale != DecimalNumber(1), scale != .zero {
            point.set("scale", "\(scale)")
        }
        if let text = row[.offset] {
            if let offset = FactorText.plain(text) {
                if offset != .zero { point.set("offset", "\(offset)") }
            } else {
                point.set("offset", Self.blank("0", text))
                remark(row, .unknownFactor(text))
            }
        }
        if row[.total] != nil, let type = point.type {
            remark(row, .maxRate)
            let bits = type.bitWidth ?? 64
            point.set("counter", "{ bits: \(bits), max_rate: TODO the most that it adds in a second }")
        }
    }

    /// The name or description that speaks of a scale, where no column does.
    private static func scaleInWords(_ row: ImportRow) -> String? {
        let hints = [
            "dibagi", "skala", "desimal", "scale", "resolution", "resolusi", "aufl", "x 0.", "x0.", "x 0,", "x0,",
            "x10",
            "x 10", "/ 10", "/10", "0.1 ", "0,1 ", "0.01", "0,01", "* 0",
        ]
        return [row[.description], row[.name]].compactMap { $0 }.first { text in
            let words = text.lowercased()
            return hints.contains { words.contains($0) }
        }
    }

    /// A blank that names the text which was not understood.
    private static func blank(_ choice: String, _ text: String) -> String {
        YAMLText.quoted("TODO \(choice), or what the table says: \(text.replacing("\"", with: "'").prefix(80))")
    }

    private mutating func unit(_ text: String?, _ row: ImportRow, _ point: inout DraftPoint) {
        var text = text
        if text == nil, let name = row[.name], let open = name.lastIndex(where: { "([（".contains($0) }),
            let last = name.last, ")]）".contains(last)
        {
            // "Voltage (V)" has its unit in the name.
            let inner = String(name[name.index(after: open)...].dropLast())
            if Unit(spelled: inner) != nil { text = inner }
        }
        guard let text, !["-", "--", "/", "—", "none", "n/a", "na", "无"].contains(text.lowercased()) else { return }
        if let unit = Unit(spelled: text) {
            if unit.code != "1" || text == "1" { point.set("unit", YAMLText.scalar(unit.code)) }
        } else if let likely = Unit.suggestion(for: text) {
            remark(row, .openUnit(text, likely: likely.code))
        } else {
            remark(row, .unknownUnit(text))
        }
    }

    private mutating func invalid(_ text: String, _ row: ImportRow, _ point: inout DraftPoint) {
        let marks = text.split { ",; ".contains($0) }.map(String.init)
        let known = marks.filter { mark in
            let digits = mark.lowercased().hasPrefix("0x") ? mark.dropFirst(2) : mark[...]
            return mark.lowercased().hasPrefix("0x")
                ? !digits.isEmpty && digits.count <= 16 && digits.allSatisfy(\.isHexDigit) : Int(digits) != nil
        }
        if !known.isEmpty { point.set("invalid", "[\(known.joined(separator: ", "))]") }
        if known.count < marks.count { remark(row, .unknownValues(text)) }
    }

    private mutating func names(_ row: ImportRow, _ point: inout DraftPoint) {
        guard point.type.map({ $0.isWhole }) ?? false else { return }
        let names = row[.values].flatMap(ValueNames.read) ?? row[.description].flatMap(ValueNames.read)
        if names == nil, let text = row[.values] { remark(row, .unknownValues(text)) }
        guard let names else { return }
        let entries = names.map { "\($0.value): \(YAMLText.quoted($0.name))" }
        point.set("codes", "{ \(entries.joined(separator: ", ")) }")
    }
}
