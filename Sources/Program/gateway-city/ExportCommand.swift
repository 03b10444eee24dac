public import ArgumentParser
import CityConfiguration
import Commands
import Domain
import Platform
public import Publishing
import Speech
import Spreadsheet
import Store

/// Writes readings or figures as files.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: spoken(CityReadHelpPhrase.export)
    )

    private static let windows = ["day", "month", "year"]

    @OptionGroup var options: CityOptions

    @Option(name: .long, help: .said(CityReadHelpPhrase.exportDay))
    var day: String?

    @Option(name: .long, help: .said(CityReadHelpPhrase.owner))
    var owner: String?

    @Option(name: .long, help: .said(CityReadHelpPhrase.exportIndicator))
    var indicator: String?

    @Option(name: .long, help: .said(CityReadHelpPhrase.exportWindow))
    var window: [String] = windows

    @Option(name: .long, help: .said(CityReadHelpPhrase.from))
    var from: String?

    @Option(name: .long, help: .said(CityReadHelpPhrase.to))
    var to: String?

    @Option(name: .long, help: .said(CityReadHelpPhrase.format))
    var format = CityExport.Format.csv

    @Option(name: [.long, .customShort("o")], help: .said(CityReadHelpPhrase.folder))
    var output: String

    func validate() throws {
        guard (day == nil) != (indicator == nil) else {
            throw ValidationError(spoken(CityReadHelpPhrase.oneThing))
        }
        for text in [day, from, to].compactMap(\.self) where Day(text) == nil {
            throw ValidationError(spoken(CityReadHelpPhrase.noSuchDay, text))
        }
        for word in window where !Self.windows.contains(word) {
            throw ValidationError(spoken(CityReadHelpPhrase.noSuchWindow, word))
        }
    }

    func run() throws {
        let settings = try options.load()
        do {
            let export = CityExport(
                city: settings.city,
                zone: settings.zone,
                database: try settings.connect(as: settings.city + "-export"),
                format: format,
                folder: output
            )
            let files = try files(of: export, in: settings.zone)
            for file in files {
                show(spoken(CityReadHelpPhrase.written, "\(output)/\(file.name)", "\(file.rows)"))
            }
            if files.first?.rows == 0 { complain(CityReadHelpPhrase.nothingThere) }
        } catch let error as CityExport.TooManyRows {
            complain(CityReadHelpPhrase.tooManyRows, "\(error.rows)")
            throw ExitCode.wrongUse
        } catch let error as CityExport.NotReplaceable {
            complain(CityReadHelpPhrase.notReplaceable, error.path)
            throw ExitCode.wrongUse
        } catch {
            complain(error)
            throw ExitCode.field
        }
    }

    private func files(of export: CityExport, in zone: Zone) throws -> [CityExport.File] {
        if let day = day.flatMap({ Day($0) }) { return try export.readings(of: day, owner: owner) }
        let today = zone.day(of: SystemClock().stamp().time)
        return try export.figures(
            of: indicator == "all" ? nil : indicator,
            windows: window,
            from: from.flatMap { Day($0) } ?? today + -366,
            to: to.flatMap { Day($0) } ?? today
        )
    }
}

extension CityExport.Format: ExpressibleByArgument {}
