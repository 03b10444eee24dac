import Documents
import Foundation
@testable import Speech
import TestSupport
import Testing

@Suite struct `Problems of files` {
    /// The readers of people's files; every text in them that has a space is a message, except those below.
    private static let readers = [
        "Base/Documents", "Field/Profiles", "Program/Configuration", "Figures/Indicators/Catalogue",
    ]
    /// The kinds of faults are the one such text outside of those folders.
    private static let otherReaders = ["Cabinet/Simulation/Fault.swift", "Cabinet/Diagnosing/VectorTrial.swift"]
    private static let otherFiles = [
        "ResourceNeed.swift", "VerificationFile.swift", "IndicatorDefinition.swift",
        "Problem.swift", "AliasScan.swift", "Folder.swift", "SunSpecModels.swift",
        // A table of the documentation, in English.
        "ProfileText+Markdown.swift",
    ]

    private static let templates: Set<String> = {
        var found: Set<String> = []
        for folder in readers {
            let path = Repository.root + "/Sources/" + folder
            // A folder that is not there fails the test that counts the templates.
            for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            where name.hasSuffix(".swift") && !otherFiles.contains(name) {
                guard let text = try? String(contentsOfFile: path + "/" + name, encoding: .utf8) else { continue }
                found.formUnion(SourceTexts.templates(of: text))
            }
        }
        for name in otherReaders {
            // As above.
            guard let text = try? String(contentsOfFile: Repository.root + "/Sources/" + name, encoding: .utf8) else {
                continue
            }
            found.formUnion(SourceTexts.templates(of: text))
        }
        return found.filter { $0.contains(" ") && $0.contains(where: \.isLetter) }
    }()

    @Test func `are said in Indonesian, every one`() {
        #expect(Self.templates.count > 150)
        let missing = Self.templates.filter { ProblemWords.indonesian[$0] == nil }.sorted()
        #expect(missing == [])
    }

    @Test func `have the same blanks in both languages`() {
        for (english, indonesian) in ProblemWords.indonesian {
            #expect(Self.blanks(english) == Self.blanks(indonesian), "\(english)")
        }
    }

    @Test func `stand in one table, and are still said somewhere`() {
        let others = [ProblemWords.kernel, ProblemWords.parser]
        let times = (ProblemWords.tables + others).flatMap(\.keys).reduce(into: [:]) { $0[$1, default: 0] += 1 }
        #expect(times.filter { $0.value > 1 }.keys.sorted() == [], "say one of them otherwise")
        let elsewhere = ["the catalogue has no table", "point \"%1\" of device"]
        let old = ProblemWords.tables.flatMap(\.keys).filter { template in
            template.contains(" ") && !Self.templates.contains(template)
                && !elsewhere.contains { template.hasPrefix($0) }
        }
        #expect(old.sorted() == [])
    }

    @Test func `have their inner messages in the language too`() {
        let message: Message = "unknown word \"\("evn")\"\(NearestWord.hint(for: "evn", in: ["even", "odd"]))"
        #expect(message.said(in: .en) == "unknown word \"evn\"; did you mean \"even\"?")
        #expect(message.said(in: .id) == "kata \"evn\" tidak dikenal; maksudnya \"even\"?")
        let problem = Problem(file: "g.yaml", line: 3, column: 5, keyPath: "a.b", message: message)
        #expect(problem.text(in: .id) == "g.yaml:3:5: a.b: kata \"evn\" tidak dikenal; maksudnya \"even\"?")
        #expect(problem.text(in: .en) == problem.description)
    }

    private static func blanks(_ text: String) -> [Character] {
        zip(text, text.dropFirst()).filter { $0.0 == "%" && $0.1.isNumber }.map(\.1).sorted()
    }
}

/// The texts in a source file, each with `%1` to `%9` for what is interpolated; those joined by `+` are one.
private enum SourceTexts {
    static func templates(of source: String) -> [String] {
        var scanner = Scanner(letters: Array(source))
        return scanner.templates()
    }

    private struct Scanner {
        let letters: [Character]
        var index = 0

        mutating func templates() -> [String] {
            var found: [(text: String, blanks: Int)] = []
            var isJoined = false
            while index < letters.count {
                switch letters[index] {
                case "/" where index + 1 < letters.count && letters[index + 1] == "/":
                    while index < letters.count, letters[index] != "\n" { index += 1 }
                case "\"":
                    let literal = literal()
                    if isJoined, let last = found.last {
                        let moved = (1...9).reversed().reduce(literal.text) { text, number in
                            text.replacing("%\(number)", with: "%\(number + last.blanks)")
                        }
                        found[found.count - 1] = (last.text + moved, last.blanks + literal.blanks)
                    } else {
                        found.append(literal)
                    }
                    isJoined = false
                    skipPlus(&isJoined)
                default: index += 1
                }
            }
            return found.map(\.text)
        }

        /// Looks past a text for a `+` and another text.
        private mutating func skipPlus(_ isJoined: inout Bool) {
            var next = index
            func skipSpace() { while next < letters.count, letters[next].isWhitespace { next += 1 } }
            skipSpace()
            guard next < letters.count, letters[next] == "+" else { return }
            next += 1
            skipSpace()
            guard next < letters.count, letters[next] == "\"" else { return }
            isJoined = true
            index = next
        }

        /// Reads one text from its opening quote to behind its closing one.
        private mutating func literal() -> (text: String, blanks: Int) {
            var text = ""
            var blanks = 0
            index += 1
            while index < letters.count, letters[index] != "\"" {
                guard letters[index] == "\\" else {
                    text.append(letters[index])
                    index += 1
                    continue
                }
                index += 1
                if letters[index] == "(" {
                    skipInterpolation()
                    blanks += 1
                    text += "%\(blanks)"
                } else {
                    text.append(letters[index] == "n" ? "\n" : letters[index])
                    index += 1
                }
            }
            index += 1
            return (text, blanks)
        }

        private mutating func skipInterpolation() {
            var depth = 0
            repeat {
                switch letters[index] {
                case "(":
                    depth += 1
                    index += 1
                case ")":
                    depth -= 1
                    index += 1
                case "\"": _ = literal()
                default: index += 1
                }
            } while depth > 0
        }
    }
}
