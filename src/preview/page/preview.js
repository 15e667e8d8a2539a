// The page of `booklet preview`. It hears from the program whenever the booklet was made anew, and asks for
// the pictures that it shows and whose marks changed; nothing else is asked for, and nothing is kept. All
// addresses are relative: the page's own has the key in it.
import { Phone } from './phone.js'

const get = id => document.getElementById(id)
const make = (tag, props = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), props)
    element.append(...inside)
    return element
}
const root = document.documentElement
const views = ['spreads', 'sheets', 'phone', 'findings']
const names = { spreads: 'Spreads', sheets: 'Sheets', phone: 'Phone', findings: 'Diagnostics' }
const zooms = [0.25, 0.35, 0.5, 0.7, 0.85, 1, 1.2, 1.5, 2, 2.5, 3, 4]

let state
let view
let zoom = 1
let heard = true
// The view that was meant to be shown, while there is no booklet to show.
let lost
const phone = new Phone(get('phone'), () => dark(), event => key(event))

// --- Pictures: each slot shows what has a mark, in the size that it has on the screen. ---

// Pictures can be this many pixels wide at most, in steps of so many.
const widest = 4096
const step = 4

const slotOf = new WeakMap()
const watcher = box => new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
        slotOf.get(target).near = isIntersecting
    }
    load()
}, { root: get(box), rootMargin: '80% 0px' })
// Each view scrolls by itself, and pictures are asked for a little before they come in sight.
const near = { page: watcher('spreads'), side: watcher('sheets') }

class Slot {
    constructor(kind) {
        this.kind = kind
        this.paper = make('div', { className: 'paper' })
        this.words = make('div', { className: 'unseen' })
        this.caption = make('figcaption')
        this.figure = make('figure', {}, this.paper, this.words, this.caption)
        slotOf.set(this.paper, this)
        this.near = false
        near[kind].observe(this.paper)
    }

    // What is to be shown; no mark for white paper.
    set({ mark, name, width, height, caption }) {
        this.size = { width, height }
        this.name = name
        this.caption.textContent = caption
        if (!mark) this.clear()
        this.mark = mark
        this.image?.setAttribute('alt', name)
        if (!mark) this.figure.setAttribute('aria-label', name)
        else this.figure.removeAttribute('aria-label')
        this.figure.setAttribute('role', mark ? 'figure' : 'img')
    }

    // Shows where pages lie on a sheet, so that the fold is seen where nothing is printed.
    rule(cells) {
        const lines = JSON.stringify(cells)
        if (this.lines === lines) return
        this.lines = lines
        this.paper.querySelectorAll('.cell').forEach(cell => cell.remove())
        this.paper.append(...cells.map(([left, top, width, height]) => {
            const cell = make('div', { className: 'cell' })
            Object.assign(cell.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` })
            return cell
        }))
    }

    clear() {
        this.image?.remove()
        this.image = this.shown = undefined
        this.words.textContent = ''
    }

    // Gives it a size in pixels of the page; pixels of the screen are whole.
    fit(width) {
        const ratio = window.devicePixelRatio
        this.pixels = Math.min(widest, Math.max(step, Math.round(width * ratio / step) * step))
        const across = this.pixels / ratio
        this.paper.style.width = `${across}px`
        this.paper.style.height = `${across * this.size.height / this.size.width}px`
    }

    get wanted() {
        return this.mark && `${this.kind}/${this.mark}/${this.pixels}`
    }

    get lacks() {
        return this.near && this.mark && this.shown !== this.wanted && this.coming !== this.wanted
    }

    async load() {
        const { wanted, mark } = this
        this.coming = wanted
        const image = make('img', { alt: this.name, decoding: 'sync' })
        image.src = wanted
        try {
            await image.decode()
        } catch {
            // It was drawn anew in the meantime; or nobody is there any more.
            if (this.coming === wanted) this.coming = undefined
            return
        }
        if (this.wanted !== wanted) return
        image.alt = this.name
        if (this.image) this.image.replaceWith(image)
        else this.paper.append(image)
        this.image = image
        this.shown = wanted
        this.coming = undefined
        if (this.kind === 'page' && this.told !== mark) {
            this.told = mark
            const words = await fetch(`words/${mark}`).then(said => said.ok ? said.text() : '').catch(() => '')
            if (this.mark === mark) {
                this.words.lang = state.language
                this.words.textContent = words
            }
        }
    }

    gone() {
        near[this.kind].unobserve(this.paper)
        this.figure.remove()
    }
}

let slots = []

// What can be seen first, from the middle outwards.
const load = () => {
    const middle = window.innerHeight / 2
    const away = slot => {
        const box = slot.paper.getBoundingClientRect()
        return Math.abs((box.top + box.bottom) / 2 - middle)
    }
    const lacking = slots.filter(slot => slot.lacks).map(slot => [away(slot), slot])
    lacking.sort((a, b) => a[0] - b[0]).forEach(([, slot]) => slot.load())
}

// --- Spreads. ---

let openings = []

const spreads = () => {
    const list = get('openings')
    const place = where(get('spreads'), openings)
    root.classList.toggle('right-to-left', state.rightToLeft)
    const largest = state.pages[0] ?? { width: 1, height: 1 }
    while (openings.length > state.held.length) {
        const { item, slots } = openings.pop()
        slots.forEach(slot => slot?.gone())
        item.remove()
    }
    state.held.forEach((held, index) => {
        const shape = held.map(page => page === null ? 'none' : 'some').join()
        let opening = openings[index]
        if (opening?.shape !== shape) {
            opening?.slots.forEach(slot => slot?.gone())
            const item = opening?.item ?? list.appendChild(make('li', { className: 'opening' }))
            item.replaceChildren()
            const loose = held[1] === null && held[0] !== null && state.held.every(([, second]) => second === null)
            const slots = held.map((page, side) => {
                if (page === null) {
                    if (!loose) item.append(make('div', { className: 'nothing' }, make('div', { className: 'paper' })))
                    return null
                }
                const slot = new Slot('page')
                if (!loose) {
                    slot.figure.className = (side === 0) !== state.rightToLeft ? 'left' : 'right'
                    slot.figure.classList.toggle('alone', held[1 - side] === null)
                }
                item.append(slot.figure)
                return slot
            })
            opening = openings[index] = { item, slots, shape }
        }
        opening.marks = held.map(page => page === null || page < 0 ? null : state.pages[page].mark)
        opening.slots.forEach((slot, side) => {
            if (!slot) return
            const page = state.pages[held[side]]
            if (page) slot.set({ ...page, caption: page.name.replace(/^Page (?=[0-9ivxlcdm]+$)/, '') })
            else slot.set({ ...largest, mark: null, name: 'Blank page', caption: '' })
        })
    })
    size()
    place()
}

// Remembers what is at the top of the window; puts it there again, wherever it has gone.
const where = (box, before) => {
    const top = box.getBoundingClientRect().top
    const index = before.findIndex(({ item }) => item.getBoundingClientRect().bottom > top + 8)
    if (index < 0) return () => {}
    const { marks, item } = before[index]
    const offset = item.getBoundingClientRect().top
    return () => {
        if (openings[index]?.marks.some(mark => mark && marks.includes(mark))) return
        const now = openings.find(({ marks: now }) => now.some(mark => mark && marks.includes(mark)))
        if (now) box.scrollTop += now.item.getBoundingClientRect().top - offset
    }
}

const turn = by => {
    const box = get('spreads')
    const { top, height } = box.getBoundingClientRect()
    const middle = top + height / 2
    const away = ({ item }) => {
        const { top, bottom } = item.getBoundingClientRect()
        return Math.abs((top + bottom) / 2 - middle)
    }
    const nearest = openings.reduce((best, opening, index) => away(opening) < away(openings[best]) ? index : best, 0)
    const to = openings[Math.min(openings.length - 1, Math.max(0, by === -Infinity ? 0 : by === Infinity ? openings.length - 1 : nearest + by))]
    to?.item.scrollIntoView({ block: 'center' })
}

// --- Sheets. ---

let prints = []

const sheets = () => {
    const box = get('prints')
    while (prints.length > state.prints.length) {
        const { article, slots } = prints.pop()
        slots.forEach(slot => slot.gone())
        article.remove()
    }
    state.prints.forEach((print, index) => {
        const shape = print.sides.map(side => `${side.sheet}${side.back}`).join()
        let shown = prints[index]
        if (shown?.shape !== shape) {
            shown?.slots.forEach(slot => slot.gone())
            shown?.article.remove()
            const heading = make('h3')
            const how = make('p', { className: 'how' })
            const stack = make('ol', { className: 'stack' })
            const rows = new Map()
            const slots = print.sides.map(({ sheet }) => {
                const slot = new Slot('side')
                if (!rows.has(sheet)) rows.set(sheet, stack.appendChild(make('li', { className: 'sheet' })))
                rows.get(sheet).append(slot.figure)
                return slot
            })
            const article = make('article', { className: 'print' }, heading, how, stack)
            box.insertBefore(article, box.children[index] ?? null)
            shown = prints[index] = { article, heading, how, slots, shape }
        }
        shown.heading.textContent = print.name
        shown.how.textContent = print.how
        shown.slots.forEach((slot, at) => {
            const side = print.sides[at]
            const name = `Sheet ${side.sheet}, ${side.back ? 'back' : 'front'}`
            slot.set({ ...side, name, caption: name })
            slot.rule(side.cells)
        })
    })
    size()
}

// --- Sizes. ---

const size = () => {
    const box = get(view)
    const narrow = window.innerWidth < 640
    root.classList.toggle('narrow', narrow)
    const style = getComputedStyle(box)
    const wide = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    const high = box.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)
    const caption = 30
    // In a low window it is better to scroll than to guess at letters.
    const least = 320
    if (view === 'spreads') {
        const { width, height } = state.pages[0] ?? { width: 1, height: 1 }
        const pair = state.held.some(held => held[0] !== null && held[1] !== null) && !narrow ? 2 : 1
        const fit = narrow ? wide : Math.min(wide / pair, Math.max(least, (high - caption) * width / height))
        for (const { slots, item } of openings) {
            slots.forEach(slot => slot?.fit(fit * zoom * slot.size.width / width))
            const paper = item.querySelector('.nothing .paper')
            const other = slots.find(slot => slot)
            if (paper) paper.style.width = other.paper.style.width
        }
    } else if (view === 'sheets') {
        for (const { slots } of prints) {
            const { width, height } = slots[0]?.size ?? { width: 1, height: 1 }
            const pair = slots.length > 1 && !narrow ? 2 : 1
            const fit = narrow ? wide : Math.min((wide - 24 * (pair - 1)) / pair, Math.max(least, (high - 100) * width / height))
            slots.forEach(slot => slot.fit(fit * zoom * slot.size.width / width))
        }
    } else if (view === 'phone') phone.fit(high - 90, wide, zoom)
    slots = view === 'spreads' ? openings.flatMap(opening => opening.slots.filter(slot => slot))
        : view === 'sheets' ? prints.flatMap(print => print.slots) : []
    load()
}

const enlarge = by => {
    const at = zooms.indexOf(zoom)
    zoom = by === 0 ? 1 : zooms[Math.min(zooms.length - 1, Math.max(0, at + by))]
    const box = get(view)
    const part = (box.scrollTop + box.clientHeight / 2) / box.scrollHeight
    get('zoom').value = `${Math.round(zoom * 100)} %`
    size()
    box.scrollTop = part * box.scrollHeight - box.clientHeight / 2
    box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2
}

// --- Findings. ---

const many = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`

const findings = () => {
    const { errors, warnings, notes, whole } = state
    const parts = [errors && many(errors, 'error'), warnings && many(warnings, 'warning'), notes && many(notes, 'note')]
    const tally = parts.filter(part => part).join(', ')
    const badge = get('badge')
    badge.hidden = !(errors || warnings)
    badge.textContent = errors || warnings
    badge.className = errors ? 'errors' : ''
    badge.setAttribute('aria-label', tally)
    get('tally').textContent = tally || 'No mistakes found.'
    const notice = get('notice')
    notice.hidden = whole && heard
    get('trouble').textContent = !heard
        ? 'booklet preview has ended. This is what it showed last.'
        : state.pages.length ? `The booklet has ${many(errors, 'error')}. What you see is how it was before.`
            : `The booklet has ${many(errors, 'error')}.`
    get('show-findings').hidden = whole || view === 'findings'
    root.classList.toggle('stale', !whole || !heard)
    const said = whole ? (tally || 'No mistakes.') : `The booklet cannot be made: ${tally}.`
    if (get('said').textContent !== said) get('said').textContent = said
    const list = JSON.stringify(state.findings)
    if (findings.shown === list) return
    findings.shown = list
    get('found').replaceChildren(...state.findings.map(finding => {
        const { severity, code, message, place, excerpt, caret, line, hints } = finding
        const item = make('li', { className: `finding ${severity}` })
        item.append(make('h3', {}, make('span', { className: 'kind', textContent: `${severity} ${code}` }), ` ${message}`))
        if (place) item.append(make('p', { className: 'place', textContent: place }))
        if (excerpt !== undefined) {
            const gutter = `${line} │ `
            const points = make('span', { className: 'caret', textContent: caret })
            points.setAttribute('aria-hidden', 'true')
            const text = make('pre', { tabIndex: 0 }, `${gutter}${excerpt}\n${' '.repeat(gutter.length)}`, points)
            text.setAttribute('role', 'region')
            text.setAttribute('aria-label', `Line ${line}`)
            item.append(text)
        }
        item.append(...hints.map(hint => make('p', { className: 'hint', textContent: hint })))
        return item
    }))
}

// --- What is shown. ---

const show = name => {
    view = name
    for (const other of views) {
        get(other).hidden = other !== name
        const button = document.querySelector(`[data-view="${other}"]`)
        if (other === name) button.setAttribute('aria-current', 'true')
        else button.removeAttribute('aria-current')
    }
    history.replaceState(null, '', `#${name}`)
    if (state) draw()
}

const draw = () => {
    document.title = state.title ? `${state.title} – ${names[view]}` : 'booklet'
    get('title').textContent = state.title || 'booklet'
    get('title').lang = state.language
    const pages = state.held.flat().filter(page => page !== null).length
    if (state.whole) get('facts').textContent = `${many(pages, 'page')} · set in ${state.took} ms`
    findings()
    if (view === 'spreads') spreads()
    else if (view === 'sheets') sheets()
    else if (view === 'phone') {
        size()
        if (state.pages.length) phone.refresh(state.number)
    } else size()
}

// --- Light. ---

const lights = ['', 'light', 'dark']
const signs = { '': ['◐', 'as the system'], light: ['☼', 'light'], dark: ['☾', 'dark'] }
const system = matchMedia('(prefers-color-scheme: dark)')
const dark = () => root.dataset.light ? root.dataset.light === 'dark' : system.matches

const light = () => {
    const next = lights[(lights.indexOf(root.dataset.light ?? '') + 1) % lights.length]
    if (next) root.dataset.light = next
    else delete root.dataset.light
    const [sign, words] = signs[next]
    get('light').textContent = sign
    get('light').setAttribute('aria-label', `Light: ${words}`)
    phone.relight()
}

// --- Keys and buttons. ---

const key = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || get('help').open) return
    const typing = event.target.closest?.('select, input, textarea')
    const forward = view === 'phone' || !state?.rightToLeft ? 1 : -1
    const leaf = by => view === 'phone' ? phone.turn(by) : view === 'spreads' ? turn(by) : false
    const keys = {
        1: () => show('spreads'), 2: () => show('sheets'), 3: () => show('phone'), 4: () => show('findings'),
        '+': () => enlarge(1), '=': () => enlarge(1), '-': () => enlarge(-1), '−': () => enlarge(-1), 0: () => enlarge(0),
        l: light, L: light, '?': () => get('help').showModal(),
    }
    const moves = {
        ArrowRight: () => leaf(forward), ArrowLeft: () => leaf(-forward),
        ...(view === 'spreads' && {
            PageDown: () => leaf(1), PageUp: () => leaf(-1), Home: () => turn(-Infinity), End: () => turn(Infinity),
        }),
    }
    const act = keys[event.key] ?? (typing ? undefined : moves[event.key])
    if (!act || event.target.closest?.('pre') && moves[event.key]) return
    if (act() !== false) event.preventDefault()
}
document.addEventListener('keydown', key)
for (const button of document.querySelectorAll('[data-view]')) button.onclick = () => show(button.dataset.view)
get('smaller').onclick = () => enlarge(-1)
get('larger').onclick = () => enlarge(1)
get('light').onclick = light
get('ask').onclick = () => get('help').showModal()
get('show-findings').onclick = () => show('findings')
get('skip').onclick = event => {
    event.preventDefault()
    get(view).focus()
}
system.onchange = () => phone.relight()
let resizing
window.addEventListener('resize', () => {
    cancelAnimationFrame(resizing)
    resizing = requestAnimationFrame(() => state && size())
})

// --- Hearing from the program. ---

let ear
const listen = () => {
    ear?.close()
    ear = new EventSource('events')
    ear.onmessage = ({ data }) => {
        heard = true
        state = JSON.parse(data)
        // With nothing to look at, what is wrong is what there is to see.
        if (!state.pages.length && !lost) {
            lost = view
            show('findings')
        } else if (state.pages.length && lost) {
            const before = lost
            lost = undefined
            if (view === 'findings') show(before)
            else draw()
        } else draw()
    }
    ear.onerror = () => {
        heard = false
        if (state) findings()
    }
}
// A page that nobody sees needs no connection; browsers have few for one address.
document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
        ear?.close()
        ear = undefined
    } else if (!ear) listen()
})
show(views.includes(location.hash.slice(1)) ? location.hash.slice(1) : 'spreads')
listen()
