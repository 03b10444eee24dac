import Glibc
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
            log.add(Problem(file: shown, message: reason.description))
            return nil
        case .success(let text):
            return mapping(of: text, file: shown, log: log)
        }
    }

    /// Returns the top mapping of a text, or nil with the reasons in the log.
    public static func mapping(of text: String, file: String, log: ProblemLog) -> DocumentMap? {
        func fail(_ message: String, line: Int? = nil, column: Int? = nil) -> DocumentMap? {
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
            let (message, line, column) = describe(error)
            return fail(message, line: line, column: column)
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

    private static func describe(_ error: YamlError) -> (String, Int?, Int?) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return ("not valid YAML: \(problem); check indentation, colons and quotes", mark.line, mark.column)
        case .reader(let problem, _, _, _):
            return ("not a YAML text file: \(problem)", nil, nil)
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

/// Reads a whole small file, and reports failures with reasons that a person can act on.
enum FileText {
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    static func read(_ path: String, limit: Int) -> Result<String, Failure> {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            return .failure(Failure(description: "cannot be opened: \(reason)"))
        }
        defer { close(descriptor) }
        // Most files are small: thousands of buffers of the largest size would take longer than reading the files.
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 14)
        while bytes.count <= limit {
            let got = Glibc.read(descriptor, &piece, min(piece.count, limit + 1 - bytes.count))
            if got < 0, errno == EINTR { continue }
            if got < 0 { return .failure(Failure(description: "cannot be read: \(String(cString: strerror(errno)))")) }
            if got == 0 { break }
            bytes += piece[..<got]
        }
        guard bytes.count <= limit else {
            return .failure(Failure(description: "is larger than \(limit / 1024) KiB; is this the right file?"))
        }
        guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
            return .failure(Failure(description: "is not a text file (UTF-8); is this the right file?"))
        }
        return .success(text)
    }
}

/// Finds YAML anchors and aliases before the parser expands them: ten nested levels of ten aliases are ten thousand
/// million values, and no file may exhaust a checker.
enum AliasScan {
    static func firstAnchorOrAlias(in text: String) -> (line: Int, column: Int)? {
        var line = 1
        var column = 0
        var quote: UInt8?
        var atTokenStart = true
        var previous: UInt8 = 10
        var escaped = false
        for byte in text.utf8 {
            column += 1
            defer { previous = byte }
            if byte == 10 {
                line += 1
                column = 0
                escaped = false
                if quote == 0 { quote = nil }
                if quote == nil { atTokenStart = true }
                continue
            }
            if quote == 0 { continue }
            if let open = quote {
                if byte == open, !escaped { quote = nil }
                escaped = open == 34 && byte == 92 && !escaped
                continue
            }
            switch byte {
            case UInt8(ascii: " "), 9, 13: break
            case UInt8(ascii: "#") where previous == 32 || previous == 10 || previous == 9: skipComment()
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if atTokenStart { quote = byte }
                atTokenStart = false
            case UInt8(ascii: "&"), UInt8(ascii: "*"):
                if atTokenStart { return (line, column) }
            case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "-"),
                UInt8(ascii: "?"), UInt8(ascii: "!"):
                atTokenStart = atTokenStart || byte != UInt8(ascii: "-")
            default: atTokenStart = false
            }
            func skipComment() { quote = 0 }
        }
        return nil
    }
}
