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

    /// A user who may write into the folder can place a link where root is about to write.
    @Test func `follows no link, neither at its own place nor at its draft's`() throws {
        let folder = try ScratchFolder()
        try folder.write("kept", to: "other")
        let (path, other) = (folder.path + "/a", folder.path + "/other")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: other)
        try FileManager.default.linkItem(atPath: other, toPath: path + ".new")
        try AtomicFile.write("new", to: path)
        #expect(try String(contentsOfFile: other, encoding: .utf8) == "kept")
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType == .typeRegular)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    }

    @Test func `is made only where no file stands, when that is wanted`() throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/a"
        try AtomicFile.create("one", at: path)
        let error = #expect(throws: SystemError.self) { try AtomicFile.create("two", at: path) }
        #expect(error?.code == EEXIST)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "one")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a"])
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
