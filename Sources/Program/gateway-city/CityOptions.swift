import ArgumentParser
import CityConfiguration
import Commands
import Documents
import Domain
import Glibc
import Indicators
import Merging
import Platform
import Speech
import Store

/// Where the city's configuration is; the same for every command.
struct CityOptions: ParsableArguments {
    @Option(name: .long, help: .said(CityHelpPhrase.config))
    var config = "/etc/gateway-city/city.yaml"

    @OptionGroup var language: LanguageOptions

    /// The configuration, or exit 2 after printing every problem. The process' time zone is the city's from then on.
    func load() throws -> CitySettings {
        let log = ProblemLog()
        guard let settings = CitySettingsReader.read(file: config, log: log), log.isEmpty else {
            for problem in log.problems { complain(problem.text(in: .ofThisCommand)) }
            throw ExitCode.wrongUse
        }
        LocalTime.setZone(settings.timezone)
        return settings
    }
}

extension CitySettings {
    private static let shippedIndicators = "/usr/share/gateway-city/indicators.yaml"

    /// The city's own catalogue, or the shipped one. A city without one merges all the same: it cannot say who is
    /// silent before a first part came.
    func catalogue(_ log: ProblemLog) -> IndicatorCatalogue? {
        let file = indicators ?? Self.shippedIndicators
        if indicators == nil, access(file, R_OK) != 0 { return nil }
        return IndicatorCatalogue.read(file: file, log: log)
    }

    func feeding(_ log: ProblemLog) -> Feeding { catalogue(log).map(Feeding.init) ?? .unknown }

    var zone: Zone {
        Zone(name: timezone, offset: LocalTime.offset(at:), offsetOfLocal: LocalTime.offset(whenClocksShow:))
    }

    /// Connects to the database. Days are the city's.
    ///
    /// - Parameter program: as `pg_stat_activity` shows it.
    func connect(as program: String) throws(StoreError) -> Postgres {
        var password: String?
        if let file = database.passwordFile {
            do { password = try SecretFile.read(file) } catch {
                throw StoreError(.unreachable, detail: "the password: \(error)")
            }
        }
        let made = try Postgres(url: database.url, password: password, program: program)
        try made.query("select set_config('TimeZone', $1, false)", [timezone])
        return made
    }
}
