/* LimberPaper: a table to be printed: a heading, columns of text and of boxes to write in, as many pages as it takes. Drawn
 * by Pango and cairo alone, in points, so that the same comes out of a printer, into a PDF, and in a test without a display. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * LimberPaperKind:
 * @LIMBER_PAPER_TEXT: print
 * @LIMBER_PAPER_STRONG: print, its first line bold
 * @LIMBER_PAPER_FIELD: a box to write in; what is known already stands in it
 * @LIMBER_PAPER_TICK: a small box to tick
 */
typedef enum {
  LIMBER_PAPER_TEXT,
  LIMBER_PAPER_STRONG,
  LIMBER_PAPER_FIELD,
  LIMBER_PAPER_TICK,
} LimberPaperKind;

typedef struct {
  const char     *heading;
  LimberPaperKind kind;
  int             share; /* of the width, in parts of the sum of all */
} LimberPaperColumn;

typedef struct _LimberPaper LimberPaper;

LimberPaper *limber_paper_new       (const char *title, const char *const *lines, const LimberPaperColumn *columns, guint n_columns);
void         limber_paper_free      (LimberPaper *paper);
void         limber_paper_set_foot  (LimberPaper *paper, const char *foot);
void         limber_paper_set_right_to_left (LimberPaper *paper, gboolean right_to_left);
void         limber_paper_add_row   (LimberPaper *paper, const char *const *cells);
void         limber_paper_add_over  (LimberPaper *paper, const char *const *cells, const char *text);
guint        limber_paper_paginate  (LimberPaper *paper, double width, double height);
void         limber_paper_draw      (LimberPaper *paper, cairo_t *cr, guint page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberPaper, limber_paper_free)

G_END_DECLS
