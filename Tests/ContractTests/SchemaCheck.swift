import Foundation
import TestSupport

/// The schemas of `docs/schemas`, checked by a validator that this project did not write.
enum SchemaCheck {
    static let folder = Repository.root + "/docs/schemas"

    /// Returns what is wrong with each payload; nothing for one that fits.
    ///
    /// - Parameter payloads: each with its schema's name.
    static func complaints(_ payloads: [(schema: String, text: String)]) throws -> [String] {
        let scratch = try ScratchFolder()
        try scratch.write(payloads.map { "\($0.schema)\t\($0.text)" }.joined(separator: "\n"), to: "payloads")
        let (status, text) = try PythonPeer.run("contract_schemas.py", folder, scratch.path + "/payloads")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard status == 0, lines.count == payloads.count else { throw Missing(words: text) }
        return lines
    }
}
