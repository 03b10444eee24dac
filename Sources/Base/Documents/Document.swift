import Yams

/// Reads YAML files that people write, keeping the place of every value.
public enum Document {
    /// People's files are small; a larger file is there by mistake.
    public static let maximumBytes = 1 << 20

    /// Returns the top mapping of a file, or nil with the reasons in the log.
    public static func mapping(ofFile path: String, shownAs name: String? = nil, log: ProblemLog) -> DocumentMap? {
        let shown = name ?? path
        switch FileText.read(path, limit: maximumBytes) {
        case .failure(let reason):
            log.add(Problem(file: shown, message: reason.message))
            return nil
        case .success(let text):
            return mapping(of: text, file: shown, log: log)
        }
    }

    /// Returns the text of a file that a person wrote, or nil with the reason in the log.
    public static func text(ofFile path: String, log: ProblemLog) -> String? {
        switch FileText.read(path, limit: maximumBytes) {
        case .failure(let reason):
            log.add(Problem(file: path, message: reason.message))
            return nil
        case .success(let text):
            return text
        }
    }

    /// Returns the top mapping of a text, or nil with the reasons in the log.
    ///
    /// A byte-order mark, which YAML allows at the beginning, is not part of the text.
    public static func mapping(of text: String, file: String, log: ProblemLog) -> DocumentMap? {
        let text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
        func fail(_ message: Message, line: Int? = nil, column: Int? = nil) -> DocumentMap? {
            log.add(Problem(file: file, line: line, column: column, message: message))
            return nil
        }
        if let place = AliasScan.firstAnchorOrAlias(in: text) {
            return fail(
                "YAML anchors and aliases are not supported; write the value out, or quote the text if & or * is meant",
                line: place.line,
                column: place.column
            )
        }
        do {
            // The readers know what each value must be. Yams' own types would cost several regular expressions per key.
            guard let node = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot() else {
                return fail("the file is empty")
            }
            if let scalar = node.scalar, scalar.string.isEmpty { return fail("the file is empty") }
            guard case .mapping(let mapping) = node else {
                return fail("expected keys with values (\"key: value\"), found something else", line: 1, column: 1)
            }
            return DocumentMap(
                mapping,
                file: file,
                path: [],
                pattern: [],
                mark: node.mark,
                log: log,
                contentHash: hash(text),
                contentText: text
            )
        } catch let error as YamlError {
            let told = SyntaxSlip.find(error, in: text) ?? describe(error)
            return fail(told.message, line: told.line, column: told.column)
        } catch {
            return fail("cannot be read as YAML: \(error)")
        }
    }

    /// FNV-1a, 64 bits: distinguishes versions of a file; protects against nobody.
    public static func hash(_ text: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func describe(_ error: YamlError) -> (message: Message, line: Int?, column: Int?) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return (
                "not valid YAML: \(Message(words: problem)); check indentation, colons and quotes", mark.line,
                mark.column
            )
        case .reader(let problem, _, _, _):
            return ("not a YAML text file: \(Message(words: problem))", nil, nil)
        case .duplicatedKeysInMapping(let duplicates, let context):
            return (
                "given twice: \(duplicates.joined(separator: ", ")); keep one",
                context.mark.line, context.mark.column
            )
        default:
            return ("not valid YAML: \(error)", nil, nil)
        }
    }
}
