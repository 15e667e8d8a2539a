// Looks at `booklet preview` as people do, in a headless Chromium: opens it, edits the booklet, breaks it and
// mends it, and sees whether the page follows, keeps its place, and asks nobody but this computer.
//
//     node preview.mjs PROGRAM FOLDER NODE_MODULES [SHOTS]
//
// FOLDER is a copy of the interview's folder, which is changed. Prints one line of JSON for each case,
// { what, problem }, and one with the times of 50 saves, from the renaming of the file to the new picture on
// the screen. With SHOTS, pictures of every view are left there. CHROMIUM names the browser.

import { spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { createRequire } from 'node:module'

const [program, folder, modules, shots] = process.argv.slice(2).map(p => path.resolve(p))
const modulesHere = createRequire(path.join(modules, 'here.js'))
const puppeteer = modulesHere('puppeteer-core')
const axe = fs.readFileSync(modulesHere.resolve('axe-core/axe.min.js'), 'utf8')
const chromium = process.env.CHROMIUM
    ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(p => fs.existsSync(p))

const saves = 50
// The promise is 100 ms, and the median keeps it on any machine that builds this. One save of fifty may meet
// whatever else a machine of two cores does at that moment, so the worst has three times as much.
const median = 100
const worst = 300

const say = (what, problem = null) => console.log(JSON.stringify({ what, problem }))
const wait = ms => new Promise(done => setTimeout(done, ms))
const manifest = path.join(folder, 'manifest.toml')
const chapter = path.join(folder, fs.readFileSync(manifest, 'utf8').match(/"([^"]+\.md)"/)[1])
const sound = { manifest: fs.readFileSync(manifest, 'utf8'), chapter: fs.readFileSync(chapter, 'utf8') }

// As editors save: a new file takes the old one's name.
const save = (file, text) => {
    fs.writeFileSync(`${file}.new`, text)
    const now = Date.now()
    fs.renameSync(`${file}.new`, file)
    return now
}

const listing = () => fs.readdirSync(folder, { recursive: true }).sort().join('\n')
const before = listing()
const running = spawn(program, ['preview', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
const ended = new Promise(done => running.once('exit', done))
const address = await new Promise(done => running.stdout.once('data', data => done(String(data).trim())))
const { host, port, pathname: key } = new URL(address)
const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ['--no-sandbox'] })
const errors = []
const foreign = []

const open = async () => {
    const page = await browser.newPage()
    await page.setViewport({ width: 1280, height: 860 })
    page.on('pageerror', error => errors.push(`script: ${error.message}`))
    page.on('console', said => { if (said.type() === 'error') errors.push(`console: ${said.text()}`) })
    page.on('request', asked => {
        const { host: other, protocol } = new URL(asked.url())
        if (other !== host || protocol !== 'http:') foreign.push(asked.url())
    })
    return page
}

// What is on the page, once it has become so.
const until = (page, what, ...values) => page.waitForFunction(what, { timeout: 15000, polling: 30 }, ...values)

// One check; whatever goes wrong in it is its problem.
const check = async (what, act) => {
    try {
        say(what, await act() ?? null)
    } catch (error) {
        say(what, String(error.message ?? error).split('\n')[0])
    }
}

// The status of an answer to headers that no browser would send.
const ask = (options, body) => new Promise((done, fail) => {
    const asked = http.request({ host: '127.0.0.1', port, agent: false, ...options }, answer => {
        answer.resume()
        answer.on('end', () => done(answer.statusCode))
    })
    asked.on('error', fail)
    asked.end(body)
})

const page = await open()
try {
    await check('opens and shows all spreads', async () => {
        await page.goto(address)
        await until(page, () => document.querySelector('.paper img'))
        const seen = await page.evaluate(() => ({
            openings: document.querySelectorAll('.opening').length,
            alone: document.querySelector('.opening').querySelectorAll('figure').length,
            facing: document.querySelectorAll('.opening')[1].querySelectorAll('figure').length,
            facts: document.querySelector('#facts').textContent,
        }))
        const pages = Number(seen.facts.match(/^\d+/)[0])
        if (seen.openings !== pages / 2 + 1 || seen.alone !== 1 || seen.facing !== 2) return JSON.stringify(seen)
    })

    await check('pictures are as sharp as the screen', async () => {
        const off = await page.evaluate(() => [...document.querySelectorAll('.paper img')].filter(image =>
            Math.abs(image.naturalWidth - image.getBoundingClientRect().width * devicePixelRatio) > 1).length)
        if (off) return `${off} are scaled`
    })

    await check('follows an edit without losing its place', async () => {
        await page.evaluate(() => {
            window.same = true
            document.querySelector('#larger').click()
            document.querySelector('#ask').focus()
            const box = document.querySelector('#spreads')
            const first = [...document.querySelectorAll('figcaption')].find(caption => caption.textContent === '1')
            first.closest('figure').scrollIntoView({ block: 'center' })
            box.scrollTop += 37
        })
        await until(page, () => [...document.querySelectorAll('.paper img')].some(image => image.alt === 'Page 1'))
        const look = () => page.evaluate(() => {
            const image = [...document.querySelectorAll('.paper img')].find(image => image.alt === 'Page 1')
            const { scrollTop } = document.querySelector('#spreads')
            const { value } = document.querySelector('#zoom')
            const words = image.closest('figure').querySelector('.unseen').textContent
            return { src: image.src, scrollTop, focus: document.activeElement.id, value, words, same: window.same }
        })
        const then = await look()
        save(chapter, sound.chapter.replace(/^(?![#\s]).*$/m, line => `Changed words stand here. ${line}`))
        await until(page, src => [...document.querySelectorAll('.paper img')].some(image =>
            image.alt === 'Page 1' && image.src !== src), then.src)
        await until(page, () => [...document.querySelectorAll('figure')].some(figure =>
            figure.textContent.includes('Changed words stand here.')))
        const now = await look()
        for (const key of ['scrollTop', 'focus', 'value', 'same'])
            if (now[key] !== then[key]) return `${key} was ${then[key]} and is ${now[key]}`
        if (now.focus !== 'ask' || !now.scrollTop) return 'nothing was there to keep'
    })

    await check('asks anew only for pages that changed', async () => {
        save(chapter, sound.chapter)
        // Small enough for all of them to be in sight.
        await page.setViewport({ width: 1280, height: 3000 })
        await page.evaluate(() => { for (let n = 0; n < 12; n++) document.querySelector('#smaller').click() })
        const all = await page.evaluate(() => [...document.querySelectorAll('.opening .paper')]
            .filter(paper => !paper.closest('.nothing') && paper.closest('figure').getAttribute('role') !== 'img').length)
        await until(page, all => document.querySelectorAll('.paper img').length === all, all)
        await wait(300)
        const asked = []
        const note = request => asked.push(new URL(request.url()).pathname)
        page.on('request', note)
        const first = () => page.evaluate(() => [...document.querySelectorAll('.paper img')].find(image => image.alt === 'Page 1').src)
        const then = await first()
        save(chapter, sound.chapter.replace('double observation', 'dauble observation'))
        await until(page, then => [...document.querySelectorAll('.paper img')].some(image =>
            image.alt === 'Page 1' && image.src !== then), then)
        await wait(200)
        page.off('request', note)
        const pictures = asked.filter(path => path.startsWith(`${key}page/`))
        await page.setViewport({ width: 1280, height: 860 })
        if (pictures.length !== 1 || all < 20) return `${pictures.length} of ${all}: ${asked}`
    })

    await check('a broken manifest dims, and says why', async () => {
        const shown = await page.evaluate(() => document.querySelectorAll('.paper img').length)
        save(manifest, sound.manifest.replace('language', 'langage'))
        await until(page, () => !document.querySelector('#notice').hidden)
        await page.click('#show-findings')
        await until(page, () => document.querySelector('.finding.error'))
        const seen = await page.evaluate(() => ({
            text: document.querySelector('.finding').innerText, said: document.querySelector('#said').textContent,
            badge: document.querySelector('#badge').textContent, images: document.querySelectorAll('.paper img').length,
        }))
        const wanted = ['M002', 'manifest.toml:', 'did you mean `language`']
        const lacks = wanted.find(words => !seen.text.includes(words))
        if (lacks || !seen.said.includes('error') || !Number(seen.badge) || seen.images !== shown) return JSON.stringify(seen)
    })

    await check('recovers by itself', async () => {
        save(manifest, sound.manifest)
        save(chapter, sound.chapter)
        await until(page, () => document.querySelector('#notice').hidden && document.querySelector('#badge').hidden
            && document.querySelector('#tally').textContent === 'No mistakes found.')
    })

    await check('keys do what the help says', async () => {
        const view = () => page.evaluate(() => document.querySelector('.view:not([hidden])').id)
        for (const [key, id] of [['2', 'sheets'], ['3', 'phone'], ['4', 'findings'], ['1', 'spreads']]) {
            await page.keyboard.press(key)
            if (await view() !== id) return `${key} shows ${await view()}`
        }
        const top = () => page.evaluate(() => document.querySelector('#spreads').scrollTop)
        await page.keyboard.press('0')
        await page.keyboard.press('Home')
        const first = await top()
        await page.keyboard.press('ArrowRight')
        const second = await top()
        await page.keyboard.press('End')
        const last = await top()
        await page.keyboard.press('PageUp')
        if (!(first < second && second < await top() && await top() < last)) return `${first}, ${second}, ${last}`
        await page.keyboard.press('?')
        if (!await page.evaluate(() => document.querySelector('#help').open)) return 'there is no help'
        await page.keyboard.press('Escape')
    })

    await check('the phone shows the EPUB, its fonts and its notes', async () => {
        await page.keyboard.press('3')
        await until(page, () => document.querySelector('#screen iframe:not(.waiting)'))
        const parts = await page.evaluate(() => document.querySelector('#part').options.length)
        for (let part = 1; part < parts; part++) {
            const src = await page.evaluate(() => document.querySelector('#screen iframe').src)
            await page.keyboard.press('ArrowRight')
            await until(page, src => {
                const frame = document.querySelector('#screen iframe:not(.waiting)')
                return frame && frame.src !== src && frame.contentDocument.body.textContent.trim()
            }, src)
            const marked = await page.evaluate(() => {
                const inside = document.querySelector('#screen iframe').contentDocument
                const mark = inside.querySelector('[role="doc-noteref"]')
                mark?.click()
                return Boolean(mark)
            })
            if (marked) {
                await until(page, () => document.querySelector('#screen iframe').contentDocument
                    .querySelector('.booklet-note')?.textContent.length > 5)
                await page.evaluate(() => document.querySelector('#screen iframe').contentDocument.body.click())
                const faces = await page.evaluate(() => [...document.querySelector('#screen iframe').contentDocument.fonts]
                    .filter(face => face.status === 'loaded').length)
                return faces ? undefined : 'no font was loaded'
            }
        }
        return 'no part has a note'
    })

    for (const scheme of ['light', 'dark']) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
        save(manifest, sound.manifest.replace('language', 'langage'))
        await until(page, () => document.querySelector('.finding.error'))
        for (const [key, view] of [['1', 'spreads'], ['2', 'sheets'], ['3', 'phone'], ['4', 'findings']]) {
            for (const [name, width, height] of [['desk', 1280, 860], ['narrow', 390, 760], ['zoomed', 640, 430]]) {
                await check(`axe: ${view}, ${scheme}, ${name}`, async () => {
                    await page.setViewport({ width, height })
                    await page.keyboard.press(key)
                    await wait(key === '3' ? 400 : 150)
                    // The EPUB in its frame runs no script, axe's neither; Ace looks at EPUBs.
                    await page.evaluate(axe)
                    const { violations } = await page.evaluate(() => window.axe.run(document, { iframes: false }))
                    if (shots) await page.screenshot({ path: path.join(shots, `preview-${view}-${name}-${scheme}.png`) })
                    const grave = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
                    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
                    if (over > 0) return `the page is ${over} pixels wider than the window`
                    return grave.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`).join('; ') || undefined
                })
            }
        }
        save(manifest, sound.manifest)
        await until(page, () => document.querySelector('#badge').hidden)
    }
    await page.setViewport({ width: 1280, height: 860 })

    await check(`${saves} saves are followed at once`, async () => {
        await page.goto(address)
        await until(page, () => document.querySelector('.paper img'))
        await page.evaluate(() => [...document.querySelectorAll('figcaption')]
            .find(caption => caption.textContent === '1').closest('.opening').scrollIntoView({ block: 'center' }))
        await until(page, () => [...document.querySelectorAll('.paper img')].some(image => image.alt === 'Page 1'))
        await wait(300)
        const times = []
        for (let number = 0; number < saves; number++) {
            // The picture is decoded when it takes its place; it is on the screen after the next frame.
            await page.evaluate(() => {
                window.seen = new Promise(done => {
                    const observer = new MutationObserver(changes => {
                        const fresh = changes.flatMap(change => [...change.addedNodes])
                        if (!fresh.some(node => node.alt === 'Page 1' && node.complete)) return
                        observer.disconnect()
                        requestAnimationFrame(() => setTimeout(() => done(Date.now())))
                    })
                    observer.observe(document.querySelector('#openings'), { childList: true, subtree: true })
                })
            })
            const text = sound.chapter.replace(/^(?![#\s]).*$/m, line => `Save number ${number}. ${line}`)
            const then = save(chapter, text)
            times.push(await page.evaluate(() => window.seen) - then)
            await wait(30 + number % 7 * 5)
        }
        times.sort((a, b) => a - b)
        const half = times[saves / 2]
        console.log(JSON.stringify({ saves: times.length, least: times[0], median: half, worst: times.at(-1) }))
        if (half > median || times.at(-1) > worst) return `median ${half} ms, worst ${times.at(-1)} ms`
    })

    await check('no error in the console', () => errors.join('; ') || undefined)
    await check('no request beyond this computer', () => foreign.join('; ') || undefined)

    await check('other hosts, other pages and paths outside are refused', async () => {
        const cases = [
            [{ path: key }, 200],
            [{ path: '/' }, 403],
            [{ path: '/events' }, 403],
            [{ path: `${key.slice(0, -2)}/` }, 403],
            [{ path: key, headers: { host: 'example.org' } }, 421],
            [{ path: key, headers: { host: `example.org:${port}` } }, 421],
            [{ path: `${key}events`, headers: { origin: 'https://example.org' } }, 403],
            [{ path: key, headers: { 'sec-fetch-site': 'cross-site' } }, 403],
            [{ path: key, headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } }, 403],
            [{ path: key, method: 'POST' }, 405],
            [{ path: `${key}../manifest.toml` }, 404],
            [{ path: `${key}%2e%2e/manifest.toml` }, 404],
            [{ path: `${key}/etc/passwd` }, 404],
            [{ path: `${key}manifest.toml` }, 404],
        ]
        for (const [options, expected] of cases) {
            const status = await ask(options)
            if (status !== expected) return `${JSON.stringify(options)}: ${status}`
        }
    })

    await check('a file that leads to the address opens it, as --open does', async () => {
        const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'booklet-')), 'open.html')
        fs.writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${address}">`)
        const other = await browser.newPage()
        await other.goto(`file://${file}`)
        await until(other, () => document.querySelector('.paper img'))
        await other.close()
        fs.rmSync(path.dirname(file), { recursive: true })
    })

    await check('a page of another site cannot read it', async () => {
        const site = http.createServer((asked, answer) => {
            answer.setHeader('content-type', 'text/html')
            answer.end('<!doctype html><title>other</title>')
        })
        await new Promise(done => site.listen(0, '127.0.0.1', done))
        const other = await browser.newPage()
        await other.goto(`http://127.0.0.1:${site.address().port}/`)
        const read = await other.evaluate(async address => {
            const text = await fetch(address).then(answer => answer.text(), () => '')
            const blind = await fetch(address, { mode: 'no-cors' }).then(answer => answer.type, () => '')
            const image = await new Promise(done => {
                const picture = new Image()
                picture.onload = () => done('picture')
                picture.onerror = () => done('')
                picture.src = `${address}icon.svg`
            })
            return text + image + (blind === 'opaque' ? '' : blind)
        }, address)
        site.close()
        await other.close()
        if (read) return `it read ${read.slice(0, 60)}`
    })

    await check('says when the program has ended, and leaves nothing behind', async () => {
        running.kill('SIGINT')
        const code = await ended
        await until(page, () => !document.querySelector('#notice').hidden
            && document.querySelector('#trouble').textContent.includes('has ended'))
        if (code !== 0) return `it ended with ${code}`
        if (listing() !== before) return `files were left: ${listing()}`
    })
} finally {
    await browser.close()
    running.kill('SIGKILL')
}
