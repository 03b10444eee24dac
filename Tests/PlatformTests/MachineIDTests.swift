import Foundation
import Platform
import TestSupport
import Testing

@Suite struct `The machine's id` {
    private static let id = "3d1219c7c4c5404aaa1f6d2a48adfda4"

    private static func read(_ text: String?, isTransient: Bool = false) throws -> String? {
        let folder = try temporaryFolder()
        defer { removeFolder(folder) }
        try text?.write(toFile: folder + "/machine-id", atomically: true, encoding: .utf8)
        if isTransient { try "x".write(toFile: folder + "/transient", atomically: true, encoding: .utf8) }
        return MachineID.read(folder + "/machine-id", unless: folder + "/transient")
    }

    @Test func `is what systemd wrote, with its line feed or without`() throws {
        #expect(try Self.read(Self.id + "\n") == Self.id)
        #expect(try Self.read(Self.id) == Self.id)
    }

    @Test(arguments: [
        "", "\n", "uninitialized\n", String(repeating: "0", count: 32) + "\n", "3D1219C7C4C5404AAA1F6D2A48ADFDA4",
        "3d1219c7", "3d1219c7c4c5404aaa1f6d2a48adfda4ff", "3d1219c7-c4c5-404a-aa1f-6d2a48adfda4", "\0",
    ])
    func `is none where the file has`(text: String) throws {
        #expect(try Self.read(text) == nil)
    }

    @Test func `is none without a file, and where it changes at each boot`() throws {
        #expect(try Self.read(nil) == nil)
        #expect(try Self.read(Self.id, isTransient: true) == nil)
    }
}
