/* A letter about appointments, A4 upright: drawn by Pango and cairo alone, in points, so that the same comes out of a printer,
 * into a PDF, and in a test without a display. Each appointment has its code as a QR code, which a kiosk's scanner reads. */
#pragma once

#include <cairo.h>

#include "limber-catalogue.h"
#include "limber-letter.h"
#include "limber-print.h"

G_BEGIN_DECLS

typedef struct _LimberLetterPaper LimberLetterPaper;

LimberLetterPaper *limber_letter_paper_new       (LimberLetter *letter, const char *site, const LimberCatalogue *catalogue);
void               limber_letter_paper_free      (LimberLetterPaper *paper);
guint              limber_letter_paper_paginate  (LimberLetterPaper *paper, double width, double height);
void               limber_letter_paper_draw      (LimberLetterPaper *paper, cairo_t *cr, guint page);
LimberPrintable    limber_letter_paper_printable (LimberLetterPaper *paper);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberLetterPaper, limber_letter_paper_free)

G_END_DECLS
