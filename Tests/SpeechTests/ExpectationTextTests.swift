import Diagnosing
import Speech
import Testing

@Suite struct `What a search for the display's value found` {
    /// Nobody can give an option in a browser.
    @Test(arguments: [Language.en, .id])
    func `advises no option of the command line on a page`(_ language: Language) throws {
        let style = TextStyle(language: language, columns: 60)
        let news = ExpectationNews.found([], try DisplayValue("36.63"), registers: 20)
        func said(isPage: Bool) -> String {
            ExpectationText(style: style, profile: nil, isPage: isPage).lines(news).map(\.plain).joined(separator: " ")
        }
        #expect(said(isPage: false).contains("--range"))
        #expect(!said(isPage: true).contains("--"))
    }
}
