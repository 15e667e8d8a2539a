// Opens an EPUB in foliate-js, the engine of a real reading system, in a headless Chromium: goes through
// every section; clicks every note mark to see whether the whole of its note opens as a pop-up; then looks
// at every section as people do: on a phone and a tablet, by day and by night, in large type, in a narrow
// window. Nothing may stand out of its column, and by night nothing may stay dark on dark.
//
//     node reader.mjs BOOK.epub NODE_MODULES [FOLDER]
//
// Prints one line of JSON: { sections, notes, problems }. With a folder, pictures of what it saw are left
// there. CHROMIUM names the browser.

import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'

const [book, modules, shots] = process.argv.slice(2).map(p => path.resolve(p))
const puppeteer = createRequire(path.join(modules, 'here.js'))('puppeteer-core')
const browser = process.env.CHROMIUM
    ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(p => fs.existsSync(p))

// What runs in the page. A mark's click goes out as a `link` event; the handler then either renders the
// note in a view of its own (`render`) or leaves the link to be followed, which is what must not happen.
const reader = async () => {
    await import('/foliate-js/view.js')
    const { FootnoteHandler } = await import('/foliate-js/footnotes.js')
    const view = window.view = document.createElement('foliate-view')
    document.body.append(view)
    const blob = await (await fetch('/book.epub')).blob()
    await view.open(new File([blob], 'book.epub', { type: 'application/epub+zip' }))

    const found = { sections: 0, notes: 0, problems: [] }
    const handler = new FootnoteHandler()
    let answer = () => {}
    let expected
    const words = element => element.textContent.replace(/\s+/g, ' ').trim()
    const noteOf = async href => {
        const { index, anchor } = await view.book.resolveHref(href)
        return words(anchor(await view.book.sections[index].createDocument()))
    }
    handler.addEventListener('before-render', ({ detail }) => document.body.append(detail.view))
    handler.addEventListener('render', ({ detail }) => {
        const text = words(detail.view.renderer.getContents()[0].doc.body)
        answer(text && text === expected ? null : `opens a pop-up with “${text}” and not “${expected}”`)
        setTimeout(() => detail.view.remove(), 50)
    })
    view.addEventListener('link', event => {
        const handled = handler.handle(view.book, event)
        if (handled) handled.catch(error => answer(`fails: ${error}`))
        else {
            event.preventDefault()
            answer('is followed as a link and opens no pop-up')
        }
    })
    let shown
    view.addEventListener('load', ({ detail }) => { shown = window.shown = detail.doc })

    const within = (promise, what) => Promise.race([promise,
        new Promise(done => setTimeout(() => done(what), 5000))])
    for (const [index, section] of view.book.sections.entries()) {
        await view.goTo(index)
        await shown.fonts?.ready
        found.sections++
        const pictures = [...shown.querySelectorAll('img, svg, image')]
        if (!shown.body?.textContent.trim() && !pictures.length) found.problems.push(`${section.id} is empty`)
        if (shown.querySelector('parsererror')) found.problems.push(`${section.id} does not parse`)
        for (const picture of shown.images)
            if (!picture.naturalWidth) found.problems.push(`${section.id} lacks ${picture.getAttribute('src')}`)
        for (const face of shown.fonts ?? [])
            if (face.status === 'error') found.problems.push(`${section.id} lacks the face ${face.family}`)
        const marks = [...shown.querySelectorAll('a')].filter(a =>
            a.getAttributeNS('http://www.idpf.org/2007/ops', 'type') === 'noteref')
        for (const mark of marks) {
            const { href } = mark
            const own = view.book.sections[index].resolveHref(mark.getAttribute('href'))
            expected = await noteOf(own ?? href)
            const answered = new Promise(done => { answer = done })
            mark.click()
            const problem = await within(answered, 'does not answer')
            if (problem) found.problems.push(`mark ${mark.textContent} of ${section.id} ${problem}`)
            else found.notes++
        }
    }
    return found
}

// One way to read: what the reader's own settings say, and how large the screen is.
const night = 'html { color-scheme: dark; background: #121212; color: #d8d8d8 }'
const looks = [
    { name: 'phone', width: 390, height: 760, css: '' },
    { name: 'phone-dark', width: 390, height: 760, css: night, dark: true },
    { name: 'phone-large', width: 390, height: 760, css: 'html { font-size: 200% }' },
    { name: 'narrow', width: 240, height: 480, css: '' },
    { name: 'tablet', width: 820, height: 1100, css: '' },
    { name: 'tablet-dark', width: 820, height: 1100, css: night, dark: true },
]

// What runs in the page, to wait until it has drawn itself.
const settle = () => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150))))

// What runs in the page, in one look, for one section.
const look = async (index, css, dark) => {
    const { view } = window
    view.renderer.setStyles(css)
    await view.goTo(index)
    const { shown } = window
    await shown.fonts?.ready
    await new Promise(done => setTimeout(done, 30))
    const problems = []
    const column = parseFloat(shown.defaultView.getComputedStyle(shown.documentElement).columnWidth)
    for (const element of shown.body.querySelectorAll('*')) {
        const style = shown.defaultView.getComputedStyle(element)
        if (style.display === 'none' || style.display === 'inline') continue
        const scrolls = element.closest('[tabindex], .scroll')
        // What runs over several columns has a box in each.
        const width = Math.max(0, ...[...element.getClientRects()].map(box => box.width))
        if (column && width > column + 1 && (!scrolls || scrolls === element))
            problems.push(`<${element.localName}> is ${Math.round(width)} wide in a column of ${Math.round(column)}`)
        if (dark && element.textContent.trim()) {
            const [r, g, b] = style.color.match(/[\d.]+/g).map(Number)
            if (0.299 * r + 0.587 * g + 0.114 * b < 100) problems.push(`<${element.localName}> is dark by night`)
        }
    }
    return problems
}

const types = { '.js': 'text/javascript', '.css': 'text/css', '.epub': 'application/epub+zip' }
const server = http.createServer((request, response) => {
    const name = decodeURIComponent(request.url.split('?')[0])
    if (name === '/favicon.ico') {
        response.statusCode = 204
        return response.end()
    }
    if (name === '/') {
        response.setHeader('content-type', 'text/html')
        return response.end('<!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%}foliate-view{display:block;height:100%}</style>')
    }
    const file = name === '/book.epub' ? book : path.join(modules, path.normalize(name))
    if (!fs.existsSync(file) || !fs.statSync(file).isFile()) {
        response.statusCode = 404
        return response.end()
    }
    response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream')
    response.end(fs.readFileSync(file))
})
await new Promise(done => server.listen(0, '127.0.0.1', done))

const chromium = await puppeteer.launch({ executablePath: browser, headless: true, args: ['--no-sandbox'] })
if (shots) fs.mkdirSync(shots, { recursive: true })
let problems = 0
try {
    const page = await chromium.newPage()
    await page.setViewport({ width: 600, height: 800 })
    const broken = []
    page.on('pageerror', error => broken.push(`script: ${error.message}`))
    page.on('console', said => { if (said.type() === 'error') broken.push(`console: ${said.text()}`) })
    page.on('requestfailed', asked => broken.push(`failed: ${asked.url()}`))
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    const found = await page.evaluate(reader)
    const stem = path.basename(book, '.epub')
    for (const { name, width, height, css, dark } of looks) {
        await page.setViewport({ width, height })
        // The reading system lays its page out anew, and must not be sent elsewhere while it does.
        await page.evaluate(settle)
        for (let index = 0; index < found.sections; index++) {
            const problems = await page.evaluate(look, index, css, dark)
            found.problems.push(...new Set(problems.map(problem => `${name}, section ${index + 1}: ${problem}`)))
            if (shots && index < 12)
                await page.screenshot({ path: path.join(shots, `${stem}-${index + 1}-${name}.png`) })
        }
    }
    found.problems.push(...broken)
    problems = found.problems.length
    console.log(JSON.stringify(found))
} finally {
    await chromium.close()
    server.close()
}
process.exit(problems ? 1 : 0)
