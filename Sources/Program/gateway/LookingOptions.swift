import ArgumentParser
import Commands
import Configuration
import Glibc
import Platform
import Speech

/// Where the running gateway shows what it sees.
struct LookingOptions: ParsableArguments {
    @Option(name: .long, help: .said(OptionHelpPhrase.runningConfig))
    var config = ConfigurationOptions.standard

    @Option(name: .long, help: .said(OptionHelpPhrase.socket))
    var socket: String?

    /// The asking socket's path.
    ///
    /// To look must work while the configuration is being edited: only the socket's path is read, from the file or from
    /// a piece in conf.d. A file that was named must be there; the standard one may be elsewhere on this box.
    func path() throws -> String {
        if let socket { return socket }
        if config != ConfigurationOptions.standard, access(config, F_OK) != 0 {
            complain(Sentence(StatusPhrase.noConfiguration, .text(config), .words(String(cString: strerror(errno)))))
            throw ExitCode.wrongUse
        }
        return ConfigurationReader.socket(file: config) ?? "/run/gateway/control.sock"
    }

    static func explain(_ error: SystemError, _ path: String) {
        switch error.code {
        case ENOENT, ECONNREFUSED: complain(StatusPhrase.nobody, path)
        case EBUSY: complain(StatusPhrase.crowded, path)
        case EACCES: complain(StatusPhrase.forbidden, path)
        default: complain(error)
        }
    }
}
