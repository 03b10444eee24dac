import ArgumentParser
import Commands
import Configuration
import Documents
import Domain
import Foundation
import Installation
import Platform
import Profiles
import Records
import Speech

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: spoken(CommandHelpPhrase.verify)
    )

    @Argument(help: .said(OptionHelpPhrase.deviceID))
    var device: String

    @Option(name: .long, help: .said(OptionHelpPhrase.voucher))
    var by: String

    @Option(name: .long, help: .said(OptionHelpPhrase.verifyRecord))
    var record: String

    @OptionGroup var options: ConfigurationOptions

    @OptionGroup var language: LanguageOptions

    func validate() throws {
        if by.allSatisfy(\.isWhitespace) { throw wrongUse(.name, "--by") }
    }

    func run() throws {
        let configuration = try options.load()
        LocalTime.setZone(configuration.timezone)
        let device = try configuration.device(named: device)
        let file = RecordFiles.json(of: record)
        let (text, found) = try RecordFile.read(file)
        do throws(CommissioningRecord.Refusal) {
            try found.verify(device)
        } catch {
            complain(error.sentence(of: file))
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
            if error.code == EACCES {
                complain(Sentence(VerifyPhrase.useSudo, .words("\(error)")))
            } else {
                complain(error)
            }
            throw ExitCode.wrongUse
        }
        if found.comparisons.isEmpty { say(.notCompared, file) }
        if stamp.clock == .unsynchronised { say(.clockUnsure) }
        say(.verified, device.id, by, String(day), path)
        say(.reload)
    }

    private func say(_ phrase: VerifyPhrase, _ arguments: String...) {
        show(Sentence(phrase, arguments: arguments).text(in: .ofThisCommand))
    }
}
