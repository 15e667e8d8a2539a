// Opens an EPUB in foliate-js, the engine of a real reading system, in a headless Chromium: goes through
// every section, and clicks every note mark to see whether its note opens as a pop-up with text in it.
//
//     node popups.mjs BOOK.epub NODE_MODULES
//
// Prints one line of JSON: { sections, notes, problems }. CHROMIUM names the browser.

import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'

const [book, modules] = process.argv.slice(2).map(p => path.resolve(p))
const puppeteer = createRequire(path.join(modules, 'here.js'))('puppeteer-core')
const browser = process.env.CHROMIUM
    ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(p => fs.existsSync(p))

// What runs in the page. A mark's click goes out as a `link` event; the handler then either renders the
// note in a view of its own (`render`) or leaves the link to be followed, which is what must not happen.
const reader = async () => {
    await import('/foliate-js/view.js')
    const { FootnoteHandler } = await import('/foliate-js/footnotes.js')
    const view = document.createElement('foliate-view')
    document.body.append(view)
    const blob = await (await fetch('/book.epub')).blob()
    await view.open(new File([blob], 'book.epub', { type: 'application/epub+zip' }))

    const found = { sections: 0, notes: 0, problems: [] }
    const handler = new FootnoteHandler()
    let answer = () => {}
    handler.addEventListener('before-render', ({ detail }) => document.body.append(detail.view))
    handler.addEventListener('render', ({ detail }) => {
        const text = detail.view.renderer.getContents()[0].doc.body.textContent.trim()
        answer(text ? null : 'opens an empty pop-up')
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
    view.addEventListener('load', ({ detail }) => { shown = detail.doc })

    const within = (promise, what) => Promise.race([promise,
        new Promise(done => setTimeout(() => done(what), 5000))])
    for (const [index, section] of view.book.sections.entries()) {
        if (section.linear === 'no') continue
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
            const answered = new Promise(done => { answer = done })
            mark.click()
            const problem = await within(answered, 'does not answer')
            if (problem) found.problems.push(`mark ${mark.textContent} of ${section.id} ${problem}`)
            else found.notes++
        }
    }
    return found
}

const types = { '.js': 'text/javascript', '.css': 'text/css', '.epub': 'application/epub+zip' }
const server = http.createServer((request, response) => {
    const name = decodeURIComponent(request.url.split('?')[0])
    if (name === '/') {
        response.setHeader('content-type', 'text/html')
        return response.end('<!doctype html><meta charset="utf-8"><style>foliate-view{display:block;height:700px}</style>')
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
let problems = 0
try {
    const page = await chromium.newPage()
    await page.setViewport({ width: 600, height: 800 })
    const broken = []
    page.on('pageerror', error => broken.push(`script: ${error.message}`))
    await page.goto(`http://127.0.0.1:${server.address().port}/`)
    const found = await page.evaluate(reader)
    found.problems.push(...broken)
    problems = found.problems.length
    console.log(JSON.stringify(found))
} finally {
    await chromium.close()
    server.close()
}
process.exit(problems ? 1 : 0)
