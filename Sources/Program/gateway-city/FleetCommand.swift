import ArgumentParser
import CityConfiguration
import Commands
import Domain
import Glibc
import Platform
import Publishing
import Speech
import Store

/// Shows all gateways, those that need a person first.
struct FleetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fleet",
        abstract: spoken(CityReadHelpPhrase.fleet)
    )

    private static let interval: UInt32 = 5

    @OptionGroup var options: CityOptions

    @Flag(name: .long, help: .said(CityReadHelpPhrase.watch))
    var watch = false

    @Flag(name: .long, help: .said(CityReadHelpPhrase.fleetJSON))
    var json = false

    func run() throws {
        let settings = try options.load()
        repeat {
            do throws(StoreError) {
                let database = try settings.connect(as: settings.city + "-fleet")
                show(try FleetReader.boxes(in: database))
            } catch {
                complain(error)
                // A watch goes on: the database may come back.
                guard watch else { throw ExitCode.field }
            }
            if watch { sleep(Self.interval) }
        } while watch
    }

    private func show(_ boxes: [FleetBox]) {
        let now = SystemClock().stamp().time
        if json { return Commands.show(json: FleetJSON.text(boxes, now: now)) }
        // The screen is written anew; a file or a pipe gets one table after the other.
        if watch, Terminal.columns != nil { print("\u{1B}[H\u{1B}[2J", terminator: "") }
        let style = TextStyle(
            language: .ofThisCommand,
            colour: Terminal.columns != nil && getenv("NO_COLOR") == nil,
            columns: max(80, Terminal.columns ?? 80)
        )
        Commands.show(FleetTable(boxes, now: now, style: style).lines)
    }
}
