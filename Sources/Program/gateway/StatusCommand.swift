import ArgumentParser
import Commands
import Control
import Foundation
import Glibc
import Platform
import Speech

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: spoken(CommandHelpPhrase.status)
    )

    @OptionGroup var looking: LookingOptions

    @Flag(name: .long, help: .said(OptionHelpPhrase.watchStatus))
    var watch = false

    @Flag(name: .long, help: .said(OptionHelpPhrase.points))
    var points = false

    @Flag(name: .long, help: .said(OptionHelpPhrase.jsonLines))
    var json = false

    @OptionGroup var language: LanguageOptions

    func run() throws {
        let path = try looking.path()
        do {
            let client = try ControlClient(lookingAt: path)
            try show(client)
            while watch {
                sleep(1)
                try show(client)
            }
        } catch let error as SystemError {
            LookingOptions.explain(error, path)
            throw ExitCode.field
        }
    }

    private func show(_ client: ControlClient) throws {
        if json {
            let line = try client.ask(ControlRequest.status)
            Commands.show(json: line)
        } else {
            let terminal = isatty(STDOUT_FILENO) == 1
            let style = TextStyle(
                language: .ofThisCommand,
                colour: terminal && getenv("NO_COLOR") == nil,
                columns: terminal ? window.columns : 100
            )
            let status = try client.status()
            let table = StatusText(status, style: style, holders: holders(of: status.buses), allPoints: points)
            // Home, the table with each line of text cleared to its end, then clear what is below: no flicker.
            if watch, terminal {
                // Lines of text that do not fit would scroll the head away.
                let lines = table.fitting(max(2, window.rows - 1)).map { $0.terminal + "\u{1B}[K" }
                print("\u{1B}[H" + lines.joined(separator: "\n") + "\u{1B}[J")
            } else {
                Commands.show(table.lines)
            }
        }
        fflush(nil)
    }

    /// By a bus' id, the program besides the gateway that has its serial port open, as far as this user may see.
    private func holders(of buses: [BusStatus]) -> [String: String] {
        var holders: [String: String] = [:]
        for bus in buses where bus.address.hasPrefix("/") {
            // `/dev/ttyUSB0 (9600 8N1)`
            let path = bus.address.range(of: " (", options: .backwards).map { String(bus.address[..<$0.lowerBound]) }
            let others = FileHolder.all(of: path ?? bus.address).filter { !$0.isGateway && !$0.isProbe }
            holders[bus.id] = others.first.map { "\($0)" }
        }
        return holders
    }

    /// The terminal's size; a terminal that does not give it is taken for an ordinary one.
    private var window: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (100, 50)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
