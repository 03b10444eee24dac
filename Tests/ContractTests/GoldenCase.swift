import Foundation
import TestSupport
import Testing

/// A payload that a golden file holds.
struct GoldenCase: CustomTestStringConvertible, Sendable {
    /// The file's path in `golden`, without its ending: the kind of the payload, and its name.
    let name: String
    let payload: @Sendable () throws -> [UInt8]

    init(_ name: String, _ payload: @escaping @Sendable () throws -> [UInt8]) {
        self.name = name
        self.payload = payload
    }

    var testDescription: String { name }

    static let all =
        ReadingCases.all + EventCases.all + StateCases.all + FigureCases.all + ToldCases.all + PackCases.all
        + CityCases.all
}

/// The files in `golden`: a payload's bytes as they go to the broker, without an end of line.
enum GoldenFiles {
    static let folder = Repository.root + "/Tests/ContractTests/golden"

    /// Whether this run writes the files again, after a change of the contract; the change shows in `git diff`.
    static let areWritten = ProcessInfo.processInfo.environment["GATEWAY_WRITE_GOLDEN"] != nil

    static func path(of name: String) -> String { "\(folder)/\(name).json" }

    /// Returns the names of all files, without their endings.
    static func names() throws -> Set<String> {
        let files = try #require(FileManager.default.enumerator(atPath: folder))
        let paths = files.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }
        return Set(paths.map { String($0.dropLast(".json".count)) })
    }

    static func text(of name: String) throws -> String { try String(contentsOfFile: path(of: name), encoding: .utf8) }

    /// Returns where the payload and its file first differ, in words; nil where they do not.
    static func difference(of payload: [UInt8], from name: String) throws -> String? {
        if areWritten {
            let file = URL(fileURLWithPath: path(of: name))
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(payload).write(to: file)
        }
        guard let data = FileManager.default.contents(atPath: path(of: name)) else {
            return "there is no golden file \(name).json; GATEWAY_WRITE_GOLDEN=1 writes it"
        }
        let golden = [UInt8](data)
        if golden == payload { return nil }
        let common = zip(golden, payload).prefix { $0 == $1 }.count
        func around(_ bytes: [UInt8]) -> String {
            String(decoding: bytes[max(0, common - 40)..<min(bytes.count, common + 60)], as: UTF8.self)
        }
        return
            "\(name).json differs from byte \(common) on\n  golden:  \(around(golden))\n  written: \(around(payload))"
    }
}
