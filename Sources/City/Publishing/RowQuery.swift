/// A question to a view in the form of PostgREST: `?wilayah=eq.kota&mulai=gte.2026-11-01&order=mulai.desc&limit=100`.
///
/// Names come from the view itself and values are parameters, so that nothing of a question becomes SQL.
struct RowQuery: Sendable {
    /// Why a question was not understood.
    enum Problem: Error, Hashable {
        case unknownColumn(String)
        case unknownOperator(String)
        /// The operator does not go with the column's type.
        case notForColumn(String, column: String)
        /// A number that is none, or out of its range.
        case noNumber(String, field: String)
    }

    /// Rows of an answer where the question says nothing.
    static let usualRows = 1_000
    static let mostRows = 10_000
    private static let mostFilters = 32

    let view: CityView
    private(set) var columns: [CityView.Column] = []
    private(set) var limit = Self.usualRows
    private(set) var offset = 0
    private var conditions: [String] = []
    private var orders: [String] = []
    /// `$1`, `$2`, ...
    private(set) var values: [String?] = []

    /// - Parameter fields: as they stand in the address; the language is none of the question's.
    init(_ fields: [(name: String, value: String)], of view: CityView) throws(Problem) {
        self.view = view
        for (name, value) in fields {
            switch name {
            case "lang": continue
            case "select": columns = try selected(value)
            case "order": orders = try ordered(value)
            case "limit": limit = try number(value, "limit", 0...Self.mostRows)
            case "offset": offset = try number(value, "offset", 0...1_000_000_000)
            default: try filter(name, value)
            }
        }
        if columns.isEmpty { columns = view.columns }
    }

    // MARK: Reading

    private func column(_ name: String) throws(Problem) -> CityView.Column {
        guard let column = view.column(name) else { throw .unknownColumn(name) }
        return column
    }

    private func selected(_ list: String) throws(Problem) -> [CityView.Column] {
        var found: [CityView.Column] = []
        for name in list.split(separator: ",") where name != "*" {
            let column = try column(String(name))
            if !found.contains(where: { $0.name == column.name }) { found.append(column) }
        }
        return found
    }

    private func ordered(_ list: String) throws(Problem) -> [String] {
        var found: [String] = []
        for term in list.split(separator: ",") {
            let words = term.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            var sql = Self.quoted(try column(words[0]).name)
            for word in words.dropFirst() {
                switch word {
                case "asc", "desc": sql += " " + word
                case "nullsfirst": sql += " nulls first"
                case "nullslast": sql += " nulls last"
                default: throw .unknownOperator(word)
                }
            }
            found.append(sql)
        }
        return found
    }

    private func number(_ text: String, _ field: String, _ range: ClosedRange<Int>) throws(Problem) -> Int {
        guard let number = Int(text), range.contains(number) else { throw .noNumber(text, field: field) }
        return number
    }

    /// `eq.kota`, `not.in.(day,month)`, `is.null`.
    private mutating func filter(_ name: String, _ text: String) throws(Problem) {
        let column = try column(name)
        guard conditions.count < Self.mostFilters else { throw .noNumber("\(Self.mostFilters)", field: name) }
        var rest = text[...]
        let isNegated = rest.hasPrefix("not.")
        if isNegated { rest = rest.dropFirst(4) }
        let sides = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let (word, value) = (sides[0], sides.count == 2 ? sides[1] : "")
        let condition = try condition(word, value, on: column)
        conditions.append(isNegated ? "not (\(condition))" : condition)
    }

    private mutating func condition(
        _ word: String,
        _ value: String,
        on column: CityView.Column
    ) throws(Problem) -> String {
        let name = Self.quoted(column.name)
        if word == "is" {
            switch value {
            case "null": return name + " is null"
            case "true" where column.kind == .truth, "false" where column.kind == .truth: return "\(name) is \(value)"
            default: throw .notForColumn("is.\(value)", column: column.name)
            }
        }
        // What is no single value can only be asked for being there.
        guard column.kind != .other else { throw .notForColumn(word, column: column.name) }
        let comparisons = ["eq": "=", "neq": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="]
        if let sign = comparisons[word] { return "\(name) \(sign) \(parameter(value))::\(column.type)" }
        switch word {
        case "in":
            let list = value.hasPrefix("(") && value.hasSuffix(")") ? value.dropFirst().dropLast() : value[...]
            let places = Self.elements(list).map { "\(parameter($0))::\(column.type)" }
            return places.isEmpty ? "false" : "\(name) in (\(places.joined(separator: ", ")))"
        case "like", "ilike":
            guard column.kind == .text else { throw .notForColumn(word, column: column.name) }
            return "\(name) \(word) \(parameter(value.replacing("*", with: "%")))"
        default: throw .unknownOperator(word)
        }
    }

    /// `a,"b,c"`.
    private static func elements(_ list: Substring) -> [String] {
        var found: [String] = []
        var word = ""
        var isQuoted = false
        for character in list {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                found.append(word)
                word = ""
            default: word.append(character)
            }
        }
        if !list.isEmpty { found.append(word) }
        return found
    }

    private mutating func parameter(_ value: String) -> String {
        values.append(value)
        return "$\(values.count)"
    }

    /// A name of the view's own.
    static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }

    // MARK: SQL

    private func rows(of expressions: String) -> String {
        var sql = "select \(expressions) from kota.\(Self.quoted(view.name))"
        if !conditions.isEmpty { sql += " where " + conditions.joined(separator: " and ") }
        if !orders.isEmpty { sql += " order by " + orders.joined(separator: ", ") }
        return sql
    }

    /// One row more than the answer has, so that it can say whether there are more.
    private var part: String { " limit \(limit + 1) offset \(offset)" }

    private var names: String { columns.map { Self.quoted($0.name) }.joined(separator: ", ") }

    private var texts: String {
        columns.map { "to_json(\(Self.quoted($0.name))) #>> '{}'" }.joined(separator: ", ")
    }

    /// Each row as one JSON object.
    var jsonSQL: String { "select row_to_json(r) from (\(rows(of: names))\(part)) r" }

    /// Each value as JSON writes it, without the quotes of a text.
    var textSQL: String { rows(of: texts) + part }

    /// The same without a limit, for those who read in pieces.
    var wholeJSONSQL: String { "select row_to_json(r) from (\(rows(of: names))) r" }

    var wholeTextSQL: String { rows(of: texts) }
}
