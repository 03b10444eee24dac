import ArgumentParser
import Asking
import Commands
import Configuration
import Diagnosing
import Documents
import Domain
import Glibc
import Importing
import Installation
import Platform
import Profiles
import Speech

/// Sets up a box: asks, looks, writes, checks and starts. Nothing is overwritten, and devices are only read.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: spoken(InitHelpPhrase.command),
        discussion: spoken(InitHelpPhrase.way)
    )

    @Option(name: .long, help: .said(InitHelpPhrase.id))
    var id: String?

    @Option(name: .long, help: .said(InitHelpPhrase.name))
    var name: String?

    @Option(name: .long, help: .said(InitHelpPhrase.site))
    var site: String?

    @Option(name: .long, help: .said(InitHelpPhrase.kelurahan))
    var kelurahan: String?

    @Option(name: .long, help: .said(InitHelpPhrase.kecamatan))
    var kecamatan: String?

    @Option(name: .long, help: .said(InitHelpPhrase.destination))
    var destination: [String] = []

    @Option(name: .long, help: .said(InitHelpPhrase.passwordFile))
    var passwordFile: String?

    @Option(name: .long, help: .said(InitHelpPhrase.scan))
    var scan: [String] = []

    @Option(name: .long, help: .said(InitHelpPhrase.tcp))
    var tcp: [String] = []

    @Option(name: .long, help: .said(InitHelpPhrase.units))
    var units: String?

    @Option(name: .long, help: .said(InitHelpPhrase.interval))
    var interval = "10s"

    @Flag(name: .long, help: .said(InitHelpPhrase.yes))
    var yes = false

    @Flag(inversion: .prefixedNo, help: .said(InitHelpPhrase.start))
    var start: Bool?

    @Option(name: .long, help: .said(InitHelpPhrase.output))
    var output = ConfigurationOptions.standard

    @Option(name: .long, help: .said(InitHelpPhrase.from))
    var from: String?

    @OptionGroup var profiles: ProfileOptions

    @OptionGroup var language: LanguageOptions

    /// Questions are asked at a terminal only, and only of a person who wants them.
    var asks: Bool { !yes && isatty(STDIN_FILENO) == 1 && Terminal.columns != nil }

    func run() async throws {
        let stop = StopFlag()
        let code = try await untilInterrupted(stop) { try from == nil ? setUp(stop: stop) : copy() }
        if code != .success { throw code }
    }

    private func setUp(stop: StopFlag) throws -> ExitCode {
        try refuseExisting()
        if !asks, !yes {
            let missing = [("--id", id), ("--name", name ?? site)].filter { $0.1 == nil }.map(\.0)
            if !missing.isEmpty {
                complain(InitPhrase.noTerminal, missing.joined(separator: ", "))
                return .wrongUse
            }
        }
        let questions = InitQuestions(asks: asks, stop: stop)
        let ports = SerialPortEntry.all()
        let id = try questions.id(.askID, given: id, otherwise: Self.hostID)
        let name = questions.text(.askName, given: name, otherwise: site ?? "")
        let site = try questions.id(.askSite, given: site, otherwise: ImportOptions.id(from: name))
        let kelurahan = questions.text(.askKelurahan, given: kelurahan, otherwise: "")
        let kecamatan = questions.text(.askKecamatan, given: kecamatan, otherwise: "")
        let destination = questions.text(
            .askDestination,
            given: destination.isEmpty ? nil : destination.joined(separator: " "),
            otherwise: "mqtt://127.0.0.1:1883"
        )
        list(ports)
        let scanned = questions.text(
            .askScan,
            given: scan.isEmpty ? nil : scan.joined(separator: " "),
            otherwise: "auto"
        )
        let hosts = questions.text(.askTCP, given: tcp.isEmpty ? nil : tcp.joined(separator: " "), otherwise: "")
        if stop.isRaised { return .field }
        let places = try look(
            scanned.split(separator: " ").map(String.init),
            hosts.split { " ,".contains($0) }.map(String.init),
            ports,
            stop: stop
        )
        var plan = InitPlan(
            id: id,
            site: site,
            siteName: name.isEmpty ? site : name,
            destinations: destination.split(separator: " ").map(String.init),
            interval: interval,
            places: places,
            today: Self.today
        )
        plan.kelurahan = kelurahan.isEmpty ? nil : kelurahan
        plan.kecamatan = kecamatan.isEmpty ? nil : kecamatan
        plan.passwordFile = passwordFile
        let text = plan.text()
        // A wrong port or a loose cable must not leave a file behind that stops the next try.
        if plan.devices == 0, !places.isEmpty {
            show(spoken(InitPhrase.nothingWritten))
            return .field
        }
        try write(text)
        show(spoken(InitPhrase.written, output, "\(plan.devices)", "\(plan.buses)"))
        if plan.devices == 0 {
            show(spoken(InitPhrase.noDevice))
            return .field
        }
        return try finish(questions)
    }

    private func refuseExisting() throws {
        var status = stat()
        guard lstat(output, &status) == 0 else { return }
        complain(InitPhrase.exists, output)
        throw ExitCode.wrongUse
    }

    func write(_ text: String) throws {
        do throws(SystemError) {
            try AtomicFile.create(text, at: output)
        } catch {
            if error.code == EEXIST { complain(InitPhrase.exists, output) } else { complain(error) }
            throw ExitCode.wrongUse
        }
    }

    /// Checks the file, then starts the gateway, or says how.
    func finish(_ questions: InitQuestions) throws -> ExitCode {
        let log = ProblemLog()
        let catalogue = profiles.load(into: log)
        _ = ConfigurationReader.read(file: output, catalogue: catalogue, log: log)
        for slip in log.slips { log.refuse(ExampleCheck.saidByInit(slip)) }
        let startLine = "systemctl enable --now gateway"
        guard log.isEmpty else {
            printProblems(log)
            show(spoken(InitPhrase.wrong, "gateway check --config \(output)"))
            return .wrongUse
        }
        show(spoken(InitPhrase.checked))
        let folders = profiles.profiles.map { " --profiles \($0)" }.joined()
        guard output == ConfigurationOptions.standard, access("/run/systemd/system", F_OK) == 0, getuid() == 0 else {
            let isUsual = output == ConfigurationOptions.standard
            show(spoken(InitPhrase.startWith, isUsual ? startLine : "gateway run --config \(output)\(folders)"))
            return .success
        }
        guard questions.yes(.askStart, given: start) else {
            show(spoken(InitPhrase.startWith, startLine))
            return .success
        }
        if let trouble = SystemctlRun.run(["enable", "--now", "gateway"]) {
            complain(InitPhrase.notStarted, trouble)
            return .field
        }
        show(spoken(InitPhrase.started))
        return .success
    }

    /// An id made from this machine's name.
    private static var hostID: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, 255) == 0 else { return "gateway" }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let id = ImportOptions.id(from: text)
        return Identifier.isID(id) ? id : "gateway"
    }

    private static var today: String { String("\(SystemClock().stamp().time)".prefix(10)) }
}
