import ArgumentParser
import Configuration
import Documents
import Domain
import Foundation
import Installation
import Platform
import Probing
import Profiles

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Say that a device has been checked, by the record of a probe: its readings then count in indicators."
    )

    @Argument(help: "The device's id in the configuration.")
    var device: String

    @Option(name: .long, help: "Who vouches for it.")
    var by: String

    @Option(name: .long, help: "The record that `gateway probe DEVICE --record FILE` wrote.")
    var record: String

    @OptionGroup var options: ConfigurationOptions

    @Option(name: .long, help: "en or id (Bahasa Indonesia); without it the environment's (LC_ALL, LC_MESSAGES, LANG).")
    var lang: Language?

    private var language: Language { lang ?? Language { getenv($0).map { String(cString: $0) } } }

    func validate() throws {
        if by.allSatisfy(\.isWhitespace) { throw ValidationError("--by is a name") }
    }

    func run() throws {
        let configuration = try options.load()
        LocalTime.setZone(configuration.timezone)
        let device = try configuration.device(named: device)
        let file = record.hasSuffix(".json") ? record : record + ".json"
        let text: String
        let found: CommissioningRecord
        do {
            text = try RecordFile.read(file)
            found = try CommissioningRecord(json: text)
        } catch {
            complain("gateway: \(file): \(error)")
            throw ExitCode.wrongUse
        }
        do throws(CommissioningRecord.Refusal) {
            try found.verify(device, named: file)
        } catch {
            complain("gateway: \(error.sentence.text(in: language))")
            throw error.isOfTheField ? ExitCode.field : ExitCode.wrongUse
        }
        let stamp = SystemClock(trusted: configuration.clockTrusted).stamp()
        let day = (stamp.time + .seconds(LocalTime.offset(at: stamp.time))).description.prefix(10)
        let verification = VerificationFile(
            by: by,
            on: String(day),
            profileHash: device.profile.hash,
            serial: device.serial,
            record: URL(fileURLWithPath: file).standardizedFileURL.path,
            recordHash: Document.hash(text)
        )
        let path: String
        do {
            path = try verification.write(of: device.id, besideConfiguration: options.config)
        } catch {
            complain("gateway: \(error)" + (error.code == EACCES ? "; use sudo" : ""))
            throw ExitCode.wrongUse
        }
        if found.comparisons.isEmpty { say(.notCompared, file) }
        if stamp.clock == .unsynchronised { say(.clockUnsure) }
        say(.verified, device.id, by, String(day), path)
        say(.reload)
    }

    private func say(_ phrase: VerifyPhrase, _ arguments: String...) {
        show(Sentence(phrase, arguments: arguments).text(in: language))
    }
}

/// A commissioning record on the disk: small, and somebody's evidence.
enum RecordFile {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The text of a record's JSON.
    static func read(_ path: String) throws -> String {
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            guard let text = String(data: data, encoding: .utf8) else { throw Failure(description: "it is no text") }
            return text
        } catch let failure as Failure {
            throw failure
        } catch {
            let reason = String(cString: strerror(errno))
            throw Failure(description: "cannot be read: \(reason)")
        }
    }
}
