import ArgumentParser
import Configuration
import Documents
import Domain
import FoundationEssentials
import Glibc
import Installation
import Logging
import Platform
import Profiles
import Questions
import Serving
import Speech

/// The pages of a box, as a process of its own: it has the gateway's control sockets and nothing else. `gateway page`
/// starts it and explains its options.
@main
struct PageProcess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "gateway-page", shouldDisplay: false)

    /// How long nobody must look before a process that the service manager starts on request ends again.
    private static let idleEnd = Duration.seconds(600)

    @Option(name: .long)
    var config: String

    @Option(name: .long)
    var listen: String?

    @Option(name: .long)
    var lang: String?

    @Option(name: .long)
    var profiles: [String] = []

    func run() async throws {
        LoggingSystem.bootstrap { _ in JournaldLog(level: .notice) }
        let log = Logger(label: "gateway-page")
        let inherited = InheritedSocket.take()
        let settings = try settings()
        let place = inherited?.address ?? settings.listen
        if !place.isLoopback, settings.pin == nil { throw refusal(.needsPIN, "\(place)") }
        if place.port != 0, place != settings.listen {
            log.warning(
                "the socket unit listens elsewhere than page.listen says: systemctl edit gateway-page.socket",
                metadata: ["socket": "\(place)", "page.listen": "\(settings.listen)"]
            )
        }
        let server = PageServer(settings, inherited: inherited?.descriptor, time: SystemClock())
        do {
            try await server.run(idleEnd: inherited == nil ? nil : Self.idleEnd) { port in
                ServiceManager().ready()
                log.notice(
                    "pages",
                    metadata: ["at": "http://\(inherited == nil ? place.at(port: UInt16(clamping: port)) : place)/"]
                )
            }
        } catch {
            let failure = error as? SystemError
            let sentence = PageStartPhrase.unserved(
                at: "\(place)",
                isTaken: failure?.code == EADDRINUSE,
                words: failure?.reason ?? "\(error)",
                key: "page.listen"
            )
            complain(sentence.text(in: language))
            throw ExitCode(1)
        }
    }

    private func settings() throws -> ServingSettings {
        let problems = ProblemLog()
        guard let read = PageReader.readAlone(file: config, log: problems) else {
            for problem in problems.problems { complain(problem.text(in: language)) }
            throw ExitCode(2)
        }
        LocalTime.setZone(read.timezone)
        var address = read.page.listen
        if let listen {
            guard let other = ListenAddress(listen) else { throw refusal(.noAddress, listen) }
            address = other
        }
        let pin = try read.page.pinFile.map(pin)
        return ServingSettings(
            listen: address,
            pin: pin,
            controlSocket: read.controlSocket,
            tiles: read.page.tiles,
            tilesCredit: read.page.tilesCredit,
            outline: read.page.outline.flatMap(text),
            questions: pin == nil ? nil : questions,
            language: lang.flatMap { Language(rawValue: $0) } ?? .id
        )
    }

    private func pin(in file: String) throws -> String {
        let pin: String
        do {
            pin = try SecretFile.read(file)
        } catch {
            throw refusal(.noPINFile, file, "\(error)")
        }
        if pin.utf8.count < 6 { throw refusal(.shortPIN, file) }
        return pin
    }

    /// What stands in a file beside the pages; they do without one that cannot be read.
    private func text(of file: String) -> String? { try? String(contentsOfFile: file, encoding: .utf8) }

    private var questions: QuestionDesk {
        let (config, folders, language) = (config, profiles, language)
        let field = FieldQuestions(time: SystemClock()) { () throws(FieldQuestions.Refusal) in
            let log = ProblemLog()
            let catalogue = ProfileCatalogue.load(folders: ProfileCatalogue.folders(and: folders), log: log)
            guard let read = ConfigurationReader.read(file: config, catalogue: catalogue, log: log) else {
                throw .configuration(log.problems.map { $0.text(in: language) })
            }
            return read
        }
        return QuestionDesk(field, program: "gateway \(Version.text)", time: SystemClock())
    }

    // MARK: What a person reads

    private var language: Language {
        lang.flatMap { Language(rawValue: $0) } ?? Language { getenv($0).map { String(cString: $0) } }
    }

    private func refusal(_ phrase: PageStartPhrase, _ blanks: String...) -> ExitCode {
        complain(Sentence(phrase, arguments: blanks).text(in: language))
        return ExitCode(2)
    }

    private func complain(_ words: String) {
        let bytes = Array((StyledText("gateway page: " + words).terminal + "\n").utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
