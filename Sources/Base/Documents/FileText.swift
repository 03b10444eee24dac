import Glibc

/// Reads a whole small file, and reports failures with reasons that a person can act on.
enum FileText {
    struct Failure: Error {
        var message: Message
    }

    static func read(_ path: String, limit: Int) -> Result<String, Failure> {
        func failure(_ message: Message) -> Result<String, Failure> { .failure(Failure(message: message)) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return failure("cannot be opened: \(Message(kernel: errno))") }
        defer { close(descriptor) }
        // Most files are small: thousands of buffers of the largest size would take longer than reading the files.
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 14)
        while bytes.count <= limit {
            let got = Glibc.read(descriptor, &piece, min(piece.count, limit + 1 - bytes.count))
            if got < 0, errno == EINTR { continue }
            if got < 0 { return failure("cannot be read: \(Message(kernel: errno))") }
            if got == 0 { break }
            bytes += piece[..<got]
        }
        guard bytes.count <= limit else {
            return failure("is larger than \(limit / 1024) KiB; is this the right file?")
        }
        if isUTF16(bytes) { return failure("is UTF-16 text, as some editors of Windows write it; save it as UTF-8") }
        guard !bytes.contains(0) else { return failure("is not a text file (UTF-8); is this the right file?") }
        if let text = String(validating: bytes, as: UTF8.self) { return .success(text) }
        // A photo has no line that begins like YAML; a text in an older encoding has one wrong letter or two.
        let line = firstWrongLine(bytes)
        guard let line, bytes.allSatisfy({ $0 >= 32 || (9...13).contains($0) }) else {
            return failure("is not a text file (UTF-8); is this the right file?")
        }
        return failure("line \(line) has a letter that is not UTF-8; save the file as UTF-8")
    }

    /// A byte-order mark of UTF-16, or text of which every other byte is 0.
    private static func isUTF16(_ bytes: [UInt8]) -> Bool {
        guard bytes.count >= 4, bytes.count.isMultiple(of: 2) else { return false }
        let pairs = stride(from: 0, to: min(bytes.count, 512), by: 2).map { (bytes[$0], bytes[$0 + 1]) }
        if pairs[0] == (0xFF, 0xFE) || pairs[0] == (0xFE, 0xFF) { return true }
        return pairs.allSatisfy { $0.0 != 0 && $0.1 == 0 } || pairs.allSatisfy { $0.0 == 0 && $0.1 != 0 }
    }

    private static func firstWrongLine(_ bytes: [UInt8]) -> Int? {
        bytes.split(separator: 10, omittingEmptySubsequences: false)
            .firstIndex { String(validating: $0, as: UTF8.self) == nil }
            .map { $0 + 1 }
    }
}
