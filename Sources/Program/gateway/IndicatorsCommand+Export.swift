import ArgumentParser
import Commands
import Domain
import Foundation
import Glibc
import Indicators
import JSON
import Platform
import Speech
import Spreadsheet

extension IndicatorsCommand {
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: spoken(CommandHelpPhrase.export)
        )

        @OptionGroup var options: ConfigurationOptions

        @OptionGroup var days: DayOptions

        @Option(name: .long, help: .said(OptionHelpPhrase.format))
        var format = ExportFormat.csv

        @Option(name: .long, help: .said(OptionHelpPhrase.windows))
        var window: [WindowKind] = [.day, .month, .year]

        @Option(name: .long, help: .said(OptionHelpPhrase.separator))
        var separator: String?

        @Option(name: .long, help: .said(OptionHelpPhrase.decimal))
        var decimal: String?

        @Option(name: .long, help: .said(OptionHelpPhrase.exportLanguage))
        var lang: Language?

        @Option(name: [.long, .customShort("o")], help: .said(OptionHelpPhrase.output))
        var output: String?

        private var form: FigureSheet.Form? {
            FigureSheet.Form(separator: separator, decimal: decimal ?? (lang == .id ? "," : "."))
        }

        func validate() throws {
            if let separator, separator.count != 1 { throw wrongUse(.oneSign, "--separator") }
            if let decimal, decimal != ".", decimal != "," { throw wrongUse(.decimalSign) }
            guard let form else {
                throw wrongUse(.sameSigns)
            }
            if form.separator == "\"" || form.separator.contains(where: \.isNewline) {
                throw wrongUse(.noSuchSeparator)
            }
            if format == .xlsx, toTerminal {
                throw wrongUse(.notForTerminal)
            }
        }

        private var toTerminal: Bool { file == nil && isatty(STDOUT_FILENO) == 1 }

        /// Nil is stdout.
        private var file: String? { output == "-" ? nil : output }

        func run() throws {
            guard let form else { return }
            var figures = try SavedFigures(options)
            let found = figures.span(days.from...days.to, kinds: Set(window))
            switch format {
            case .csv:
                let sheet = FigureSheet(form: form, zone: figures.zone)
                // The mark by which spreadsheets recognise UTF-8.
                try write(
                    "\u{FEFF}" + ([sheet.head] + found.map(sheet.row)).map { $0 + "\r\n" }.joined()
                )
            case .json:
                try write(
                    found.map { figure in
                        let payload = figure.payload(gateway: figures.gateway, zone: figures.zone)
                        return JSONText.visible(String(decoding: payload, as: UTF8.self)) + "\n"
                    }.joined()
                )
            case .xlsx: try write(workbook(found, figures.zone, form))
            }
            try figures.vouch(in: .ofThisCommand)
        }

        private func workbook(_ found: [Figure], _ zone: Zone, _ form: FigureSheet.Form) -> Workbook {
            FigureWorkbook.workbook(found, zone: zone, language: lang ?? .en, decimal: form.decimal)
        }

        private func write(_ text: String) throws { try write(Array(text.utf8)) }

        /// libxlsxwriter writes files only: write a temporary file, then copy its bytes to the output.
        private func write(_ workbook: Workbook) throws {
            let draft = FileManager.default.temporaryDirectory.path + "/gateway-\(UUID().uuidString).xlsx"
            defer { unlink(draft) }
            do {
                try workbook.write(to: draft)
                try write(Array(Data(contentsOf: URL(fileURLWithPath: draft))))
            } catch let error as WorkbookError {
                complain(error)
                throw ExitCode.field
            }
        }

        private func write(_ bytes: [UInt8]) throws {
            if let file, !AtomicFile.canReplace(file) {
                complain(FigurePhrase.notReplaceable, file)
                throw ExitCode.wrongUse
            }
            do throws(SystemError) {
                if let file { try AtomicFile.write(bytes, to: file) } else { try StandardOutput.write(bytes) }
            } catch {
                complain(error)
                throw ExitCode.field
            }
        }
    }
}

enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
    case xlsx
}
