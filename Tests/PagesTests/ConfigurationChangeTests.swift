import BoxPages
import Control
import Testing

@Suite struct `What differs from the file on disk` {
    private func lines(_ running: String, _ disk: String?) -> [ConfigurationChange.Line]? {
        let text = ConfigurationText(hash: "x", files: [.init(path: "/etc/g.yaml", text: running)])
        return ConfigurationChange(text) { _ in disk }.files[0].lines
    }

    @Test func `is nothing where both are the same`() {
        #expect(lines("a\nb", "a\nb") == [.same("a"), .same("b")])
    }

    @Test func `stands where it was changed`() {
        #expect(lines("a\nb\nc", "a\nB\nc") == [.same("a"), .running("b"), .onDisk("B"), .same("c")])
        #expect(lines("a", "z\na\ny") == [.onDisk("z"), .same("a"), .onDisk("y")])
        #expect(lines("a\nb", "b") == [.running("a"), .same("b")])
    }

    @Test func `gives both files back, whatever was changed`() {
        let words = ["a", "b", "c", "", "d"]
        var chance = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let texts = (0..<2).map { _ in
                (0..<Int.random(in: 0...8, using: &chance)).map { _ in words.randomElement(using: &chance) ?? "" }
                    .joined(separator: "\n")
            }
            let found = lines(texts[0], texts[1]) ?? []
            let running = found.compactMap { line -> String? in
                switch line {
                case .same(let text), .running(let text): text
                case .onDisk: nil
                }
            }
            let disk = found.compactMap { line -> String? in
                switch line {
                case .same(let text), .onDisk(let text): text
                case .running: nil
                }
            }
            #expect(running.joined(separator: "\n") == texts[0])
            #expect(disk.joined(separator: "\n") == texts[1])
        }
    }

    @Test func `is not known of a file that may not be read`() {
        let text = ConfigurationText(hash: "x", files: [.init(path: "/etc/g.yaml", text: "a")])
        let change = ConfigurationChange(text) { _ in nil }
        #expect(change.files[0].lines == nil)
    }
}
