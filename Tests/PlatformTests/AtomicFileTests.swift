import Foundation
import Platform
import TestSupport
import Testing

@Suite struct `A file written whole or not at all` {
    @Test func `replaces the one before and leaves nothing beside it`() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/a.yaml"
        for text in ["one\n", "", "two: ü\n"] {
            try AtomicFile.write(text, to: path)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.yaml"])
    }

    @Test func `stays as it was where the new one cannot be made`() throws {
        let folder = try ScratchFolder()
        try folder.write("kept", to: "a/b")
        // A folder stands where the file should be.
        #expect(throws: SystemError.self) { try AtomicFile.write("new", to: folder.path + "/a") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
        #expect(throws: SystemError.self) { try AtomicFile.write("new", to: folder.path + "/none/a") }
    }
}
