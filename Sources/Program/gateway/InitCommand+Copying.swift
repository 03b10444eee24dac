import ArgumentParser
import Asking
import Commands
import Configuration
import Documents
import Domain
import Importing
import Installation
import Platform
import Speech

extension InitCommand {
    /// Writes another box's configuration with a new id, and says what must differ.
    func copy() throws -> ExitCode {
        guard let from, let id else {
            complain(InitPhrase.needsID)
            return .wrongUse
        }
        let questions = InitQuestions(asks: false, stop: StopFlag())
        _ = try questions.id(.askID, given: id, otherwise: "")
        let log = ProblemLog()
        guard let text = Document.text(ofFile: from, log: log),
            let map = Document.mapping(of: text, file: from, log: log),
            let old = map.required("gateway")?.string()
        else {
            printProblems(log)
            return .wrongUse
        }
        guard old != id else {
            complain(InitPhrase.sameID, id)
            return .wrongUse
        }
        let copy = InitCopy(text, old: old, new: id)
        try write(copy.text)
        show(spoken(InitPhrase.copied, output, from, id))
        warn(map, copy)
        return try finish(InitQuestions(asks: asks, stop: StopFlag()))
    }

    /// What stands in the file of the other box and can hardly be true of this one.
    private func warn(_ map: DocumentMap, _ copy: InitCopy) {
        func say(_ phrase: InitPhrase, _ arguments: String...) {
            show("  " + Sentence(phrase, arguments: arguments).text(in: .ofThisCommand))
        }
        for (site, node) in map.optional("sites")?.mapping()?.entries() ?? [] {
            say(.differSite, site, node.mapping()?.optional("name")?.string() ?? site)
            if node.mapping()?.has("latitude") == true { say(.differMeters, site) }
        }
        let ports = SerialPortEntry.all().map(\.name)
        for (bus, node) in map.optional("buses")?.mapping()?.entries() ?? [] {
            guard let path = node.mapping()?.optional("serial")?.string(), path.contains("/by-id/"),
                !ports.contains(path)
            else { continue }
            say(.differPort, bus, path, ports.isEmpty ? "-" : ports.joined(separator: ", "))
        }
        for (device, node) in map.optional("devices")?.mapping()?.entries() ?? [] {
            if let serial = node.mapping()?.optional("serial")?.string() { say(.differSerial, device, serial) }
            if node.mapping()?.has("verified") == true {
                say(copy.tookVerified.contains(device) ? .tookVerified : .differVerified, device)
            }
        }
    }
}
