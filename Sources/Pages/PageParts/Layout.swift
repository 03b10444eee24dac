import Speech

/// The frame that all pages share: head, heading, links, language, and what a printed page needs.
package struct Layout: Sendable {
    package struct Link: Sendable {
        package var path: String
        package var title: String

        package init(_ path: String, _ title: String) {
            self.path = path
            self.title = title
        }
    }

    /// What a page is made of.
    package struct Page: Sendable {
        package var title: String
        /// Beside the heading: where and when.
        package var subtitle: HTML
        package var body: HTML
        /// The page's own address, without the language.
        package var path: String
        package var scripts: [String]
        /// Stylesheets of script libraries, besides the pages' own.
        package var styles: [String]
        /// Whether a browser without scripts loads it again.
        package var refreshes: Bool
        /// A class of the body, for the stylesheet.
        package var kind: String

        package init(
            title: String,
            subtitle: HTML = "",
            body: HTML,
            path: String,
            scripts: [String] = [],
            styles: [String] = [],
            refreshes: Bool = false,
            kind: String = ""
        ) {
            self.title = title
            self.subtitle = subtitle
            self.body = body
            self.path = path
            self.scripts = scripts
            self.styles = styles
            self.refreshes = refreshes
            self.kind = kind
        }
    }

    private let telling: Telling
    private let links: [Link]

    package init(_ telling: Telling, links: [Link] = []) {
        self.telling = telling
        self.links = links
    }

    package func html(_ page: Page) -> HTML { beginning(page) + page.body + end }

    /// Everything before a page's own content: a page that is sent piece by piece begins so.
    package func beginning(_ page: Page) -> HTML {
        let isLive = page.scripts.contains(Asset.live.path)
        let renewing = page.refreshes && !isLive ? [Asset.renew.path] : []
        let scripts = (page.scripts + renewing).map { "<script src=\"\($0)\" defer></script>" as HTML }
        let styles = (page.styles + [Asset.stylesheet.path]).map { "<link rel=\"stylesheet\" href=\"\($0)\">" as HTML }
        let refresh: HTML = page.refreshes ? "<noscript><meta http-equiv=\"refresh\" content=\"10\"></noscript>" : ""
        return """
            <!doctype html><html lang="\(telling.language.rawValue)"><head><meta charset="utf-8">\
            <meta name="viewport" content="width=device-width,initial-scale=1">\
            <meta name="color-scheme" content="light dark">\(refresh)<title>\(page.title)</title>\
            \(styles)<link rel="icon" href="\(Asset.icon.path)">\
            \(scripts)</head><body class="\(page.kind)">\
            <a class="skip" href="#main">\(telling.text(PagePhrase.skip))</a>\
            <header><h1>\(page.title)</h1><p class="sub">\(page.subtitle)</p>\
            <nav aria-label="\(telling.text(PagePhrase.pages))">\(navigation(page))</nav></header>\
            <main id="main">
            """
    }

    package var end: HTML { "</main></body></html>" }

    private func navigation(_ page: Page) -> HTML {
        let pages = links.map { link -> HTML in
            let here: HTML = link.path == page.path ? " aria-current=\"page\"" : ""
            return "<a href=\"\(telling.link(link.path))\"\(here)>\(link.title)</a>"
        }
        let languages = Language.allCases.map { language -> HTML in
            let here: HTML = language == telling.language ? " aria-current=\"true\"" : ""
            let mark = page.path.contains("?") ? "&" : "?"
            let (code, name) = (language.rawValue, language == .id ? "Bahasa Indonesia" : "English")
            return """
                <a href="\(page.path)\(mark)lang=\(code)" lang="\(code)" hreflang="\(code)"\(here)>\(name)</a>
                """
        }
        return pages.joined() + "<span class=\"languages\">\(languages)</span>"
    }
}
