import ArgumentParser
import CityConfiguration
import Commands
import Glibc
import HTTP
import Installation
import Logging
import Platform
import Publishing
import Speech
import Store

/// Serves what the database has, until it is stopped.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: spoken(CityReadHelpPhrase.serve),
        discussion: spoken(CityReadHelpPhrase.serveDiscussion)
    )

    @OptionGroup var options: CityOptions

    func run() async throws {
        LoggingSystem.bootstrap { _ in JournaldLog(level: .notice) }
        let settings = try options.load()
        guard settings.listen.isLoopback else {
            complain(CityReadHelpPhrase.notLoopback, "\(settings.listen)")
            throw ExitCode.wrongUse
        }
        let log = Logger(label: "gateway-city")
        let desk = DatabaseDesk { () throws(StoreError) in try settings.connect(as: settings.city + "-serve") }
        let server = HTTPServer(
            .init(listen: settings.listen, language: .ofThisCommand),
            time: SystemClock(),
            router: CityRouter(city: settings.city, name: settings.name, desk: desk, time: SystemClock())
        )
        do {
            try await server.run { port in
                ServiceManager().ready()
                let place = settings.listen.at(port: UInt16(clamping: port))
                log.notice("pages", metadata: ["at": "http://\(place)/"])
                show("http://\(place)/")
            }
        } catch {
            let failure = error as? SystemError
            complain(
                PageStartPhrase.unserved(
                    at: "\(settings.listen)",
                    isTaken: failure?.code == EADDRINUSE,
                    words: failure?.reason ?? "\(error)",
                    key: "serve.listen"
                )
            )
            throw ExitCode.field
        }
    }
}
