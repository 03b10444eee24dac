import ArgumentParser
import Commands
import Glibc
import Speech

/// Starts the pages: a program of its own beside this one, so that its HTTP server is no part of the gateway's process.
struct PageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: spoken(CommandHelpPhrase.page),
        discussion: spoken(CommandHelpPhrase.pageWays)
    )

    private static let program = "gateway-page"

    @Option(name: .long, help: .said(OptionHelpPhrase.config))
    var config = ConfigurationOptions.standard

    @Option(name: .long, help: .said(CommandHelpPhrase.pageListen))
    var listen: String?

    @Option(name: .long, help: .said(OptionHelpPhrase.profiles))
    var profiles: [String] = []

    @OptionGroup var language: LanguageOptions

    func run() throws {
        guard let folder = Self.ownFolder else { throw ExitCode.field }
        let path = folder + Self.program
        var arguments = [Self.program, "--config", config]
        if let listen { arguments += ["--listen", listen] }
        for folder in profiles { arguments += ["--profiles", folder] }
        if let lang = language.lang { arguments += ["--lang", lang.rawValue] }
        fflush(nil)
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        execv(path, &pointers)
        complain(PageStartPhrase.noProgram, path)
        throw ExitCode.field
    }

    /// The folder of this program, with a slash at its end.
    private static var ownFolder: String? {
        guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
        defer { free(resolved) }
        let path = String(cString: resolved)
        return path.lastIndex(of: "/").map { String(path[...$0]) }
    }
}
