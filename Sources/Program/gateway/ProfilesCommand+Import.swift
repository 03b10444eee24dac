public import ArgumentParser
import Commands
import Documents
public import Domain
import Foundation
import Glibc
public import Importing
import Platform
public import Profiles
import Speech

extension ProfilesCommand {
    /// Makes a profile from a table: what was understood into a file, what was not to stderr.
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: spoken(ImportHelpPhrase.command),
            discussion: spoken(ImportHelpPhrase.way)
        )

        @Argument(help: .said(ImportHelpPhrase.file))
        var file: String

        @Option(name: .long, help: .said(ImportHelpPhrase.format, all(ImportFormat.self)))
        var from = ImportFormat.table

        @Option(name: .long, help: .said(ImportHelpPhrase.id))
        var id: String?

        @Option(name: .long, help: .said(ImportHelpPhrase.name))
        var name: String?

        @Option(name: .long, help: .said(ImportHelpPhrase.measures, all(Profile.Measures.self)))
        var measures: Profile.Measures?

        @Option(name: .long, help: .said(ImportHelpPhrase.source))
        var source: String?

        @Option(name: .long, help: .said(ImportHelpPhrase.numbering))
        var numbering: ModbusAccess.Numbering?

        @Option(name: .long, help: .said(ImportHelpPhrase.order))
        var wordOrder: WordOrder?

        @Option(name: .long, help: .said(ImportHelpPhrase.table))
        var table: RegisterTable?

        @Option(name: .long, help: .said(ImportHelpPhrase.factor))
        var factor: FactorSense?

        @Option(name: .long, help: .said(ImportHelpPhrase.type))
        var type: RegisterType?

        @Option(name: .long, help: .said(ImportHelpPhrase.map, all(ImportColumn.self)))
        var map: [String] = []

        @Option(name: .long, help: .said(ImportHelpPhrase.output))
        var output: String?

        @OptionGroup var language: LanguageOptions

        func run() throws {
            let options = try importOptions()
            let log = ProblemLog()
            let (text, encoding) = try readText()
            let language = Language.ofThisCommand
            let imported = from.rows(of: text, options: options, log: log)
            let draft = ProfileDraft(imported, from: lastPart(file), options: options) { remark in
                remark.sentence.text(in: language)
            }
            for problem in log.problems { complain(problem.text(in: language)) }
            if encoding == .windows1252 { complain(spoken(ImportPhrase.encoding, file, encoding.rawValue)) }
            for remark in draft.remarks.prefix(Self.mostRemarks) {
                complain(StyledText("\(file): " + remark.text(in: language)))
            }
            if draft.remarks.count > Self.mostRemarks {
                complain(spoken(ImportPhrase.more, "\(draft.remarks.count - Self.mostRemarks)"))
            }
            guard draft.points > 0 else {
                complain(ImportPhrase.noPoint, file)
                throw ExitCode.wrongUse
            }
            let place = output ?? options.id + ".yaml"
            do throws(SystemError) {
                try AtomicFile.create(draft.text, at: place)
            } catch {
                if error.code == EEXIST { complain(ImportPhrase.exists, place) } else { complain(error) }
                throw ExitCode.wrongUse
            }
            summary(draft, at: place, id: options.id)
        }

        /// A screen or two; every remark stands in the file too.
        private static let mostRemarks = 60

        private func readText() throws -> (text: String, encoding: ImportText.Encoding) {
            guard let data = FileManager.default.contents(atPath: file) else {
                complain(Sentence(VerifyPhrase.recordUnreadable, .text(file), .words(String(cString: strerror(errno)))))
                throw ExitCode.wrongUse
            }
            guard data.count <= 4 << 20, let read = ImportText.read(Array(data)) else {
                complain(VerifyPhrase.recordNotText, file)
                throw ExitCode.wrongUse
            }
            return read
        }

        private func summary(_ draft: ProfileDraft, at place: String, id: String) {
            let counts = [place, "\(draft.points)", "\(draft.rows)", "\(draft.whole)"]
            show(Sentence(ImportPhrase.written, arguments: counts).text(in: .ofThisCommand))
            var blanks: [String] = []
            if measures == nil { blanks.append("measures") }
            if source == nil { blanks.append("source") }
            if draft.isNumberingOpen || draft.isTableOpen { blanks.append("numbering") }
            if draft.isOrderOpen { blanks.append("word_order") }
            if !blanks.isEmpty { show(spoken(ImportPhrase.blanks, blanks.joined(separator: ", "))) }
            guard draft.isNumberingOpen || draft.isTableOpen || draft.isOrderOpen, let point = draft.telling else {
                return
            }
            show(spoken(ImportPhrase.settle))
            let value = Language.ofThisCommand == .id ? "NILAI" : "VALUE"
            let folder = place.contains("/") ? String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)]) : "."
            show("  gateway probe --profile \(id) --profiles \(folder.isEmpty ? "/" : folder) \\")
            show("    --serial /dev/ttyUSB0 --unit 1 --expect \(point)=\(value) --write")
            show(spoken(ImportPhrase.settleThen))
        }

        private func importOptions() throws -> ImportOptions {
            var options = ImportOptions(id: try profileID())
            options.name = name
            options.measures = measures
            options.source = source
            options.numbering = numbering
            options.wordOrder = wordOrder
            options.table = table
            options.factor = factor
            options.type = type
            options.columns = try map.map { text in
                guard let sign = text.lastIndex(of: "="),
                    let key = ImportColumn(rawValue: String(text[text.index(after: sign)...]))
                else { throw ValidationError(spoken(ImportPhrase.mapping, text, all(ImportColumn.self))) }
                return (String(text[..<sign]), key)
            }
            return options
        }

        /// The id that was given, or one made from the file's name.
        private func profileID() throws -> String {
            if let id {
                guard Identifier.isID(id) else { throw wrongUse(.cannotBe, "--id", id) }
                return id
            }
            let stem = lastPart(output ?? file).split(separator: ".").first.map(String.init) ?? ""
            let id = ImportOptions.id(from: stem)
            return Identifier.isID(id) ? id : "profile"
        }

        private func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
    }
}

/// The words of a closed set, for a help line.
private func all<T: RawRepresentable & CaseIterable>(_ type: T.Type) -> String where T.RawValue == String {
    T.allCases.map(\.rawValue).joined(separator: ", ")
}

extension ImportFormat: ExpressibleByArgument {}
extension Profile.Measures: ExpressibleByArgument {}
extension ModbusAccess.Numbering: ExpressibleByArgument {}
extension WordOrder: ExpressibleByArgument {}
extension FactorSense: ExpressibleByArgument {}
extension RegisterType: ExpressibleByArgument {}
extension RegisterTable: ExpressibleByArgument {}
