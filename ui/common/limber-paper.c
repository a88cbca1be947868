/* A row is never divided between two pages, and no text is cut: a row is as high as its highest text. The heading, and the
 * columns' heads, stand on every page. Lengths are points. */
#include "limber-paper.h"

#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>

#define FONT "sans"
#define TITLE_SIZE 15
#define LINE_SIZE 9.5
#define TEXT_SIZE 10
#define HEAD_SIZE 8.5
#define PAD 4.0
#define GAP 6.0       /* between heading and table */
#define ROW_LEAST 32.0 /* to be written on by hand */
#define TICK 15.0
#define NUMBER_WIDTH 90.0 /* of the page's number, beside the foot */

typedef struct {
  char **cells; /* (owned): one a column, "" for none */
  char  *over;  /* (owned) (nullable): stands in place of all boxes */
} Row;

struct _LimberPaper {
  char              *title;   /* (owned) */
  char             **lines;   /* (owned) */
  char              *foot;    /* (owned) (nullable) */
  LimberPaperColumn *columns; /* (owned), their headings too */
  guint              n_columns;
  GPtrArray         *rows;    /* (owned): Row */
  gboolean           right_to_left;
  double             width, height; /* of the pages, since limber_paper_paginate() */
  GArray            *firsts;  /* (owned): guint: the first row of each page */
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_strfreev (row->cells);
  g_free (row->over);
  g_free (row);
}

/**
 * limber_paper_new:
 * @title: what it is
 * @lines: (array zero-terminated=1): what else stands above the table: of where, when printed, how fresh
 *
 * Returns: (transfer full): a paper without rows
 */
LimberPaper *
limber_paper_new (const char *title, const char *const *lines, const LimberPaperColumn *columns, guint n_columns)
{
  LimberPaper *paper = g_new0 (LimberPaper, 1);

  paper->title = g_strdup (title);
  paper->lines = g_strdupv ((char **) lines);
  paper->columns = g_memdup2 (columns, n_columns * sizeof *columns);
  paper->n_columns = n_columns;
  for (guint i = 0; i < n_columns; i++)
    paper->columns[i].heading = g_strdup (columns[i].heading);
  paper->rows = g_ptr_array_new_with_free_func (row_free);
  paper->firsts = g_array_new (FALSE, FALSE, sizeof (guint));
  return paper;
}

void
limber_paper_free (LimberPaper *paper)
{
  for (guint i = 0; i < paper->n_columns; i++)
    g_free ((char *) paper->columns[i].heading);
  g_free (paper->columns);
  g_free (paper->title);
  g_strfreev (paper->lines);
  g_free (paper->foot);
  g_ptr_array_unref (paper->rows);
  g_array_unref (paper->firsts);
  g_free (paper);
}

/**
 * limber_paper_set_foot:
 *
 * Says something at the foot of every page, beside the page's number.
 */
void
limber_paper_set_foot (LimberPaper *paper, const char *foot)
{
  g_free (paper->foot);
  paper->foot = g_strdup (foot);
}

/**
 * limber_paper_set_right_to_left:
 *
 * Puts the first column on the right, for languages that are read from there.
 */
void
limber_paper_set_right_to_left (LimberPaper *paper, gboolean right_to_left)
{
  paper->right_to_left = right_to_left;
}

/**
 * limber_paper_add_over:
 * @cells: one a column, each nullable; what stands there in print
 * @text: (nullable): stands in place of all the boxes: here is nothing to be written
 */
void
limber_paper_add_over (LimberPaper *paper, const char *const *cells, const char *text)
{
  Row *row = g_new0 (Row, 1);

  row->cells = g_new0 (char *, paper->n_columns + 1);
  for (guint i = 0; i < paper->n_columns; i++)
    row->cells[i] = g_strdup (cells[i] != NULL ? cells[i] : "");
  row->over = g_strdup (text);
  g_ptr_array_add (paper->rows, row);
}

/**
 * limber_paper_add_row:
 * @cells: one a column, each nullable; all empty for a line that is to be written
 */
void
limber_paper_add_row (LimberPaper *paper, const char *const *cells)
{
  limber_paper_add_over (paper, cells, NULL);
}

static double
column_width (const LimberPaper *paper, guint column)
{
  int sum = 0;

  for (guint i = 0; i < paper->n_columns; i++)
    sum += paper->columns[i].share;
  return paper->width * paper->columns[column].share / MAX (sum, 1);
}

static double
column_x (const LimberPaper *paper, guint column)
{
  double x = 0;

  for (guint i = 0; i < column; i++)
    x += column_width (paper, i);
  return paper->right_to_left ? paper->width - x - column_width (paper, column) : x;
}

/* @width: 0 for a text that is not to be wrapped */
static PangoLayout *
new_layout (const LimberPaper *paper, cairo_t *cr, const char *text, double size, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (FONT);

  pango_cairo_context_set_resolution (pango_layout_get_context (layout), 72); /* a point of a font is a point of the page */
  pango_context_set_base_dir (pango_layout_get_context (layout), paper->right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_layout_set_auto_dir (layout, FALSE); /* a name of another script stands where the others do */
  pango_layout_context_changed (layout);
  pango_font_description_set_size (font, (int) (size * PANGO_SCALE));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (width > 0) {
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment (layout, paper->right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/* The first @length bytes bold. */
static void
embolden (PangoLayout *layout, gsize length)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

  bold->end_index = (guint) length;
  pango_attr_list_insert (attributes, bold);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static double
layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static gboolean
is_box (const LimberPaper *paper, guint column)
{
  return paper->columns[column].kind == LIMBER_PAPER_FIELD || paper->columns[column].kind == LIMBER_PAPER_TICK;
}

static PangoLayout *
cell_layout (const LimberPaper *paper, cairo_t *cr, const Row *row, guint column)
{
  const char *text = row->cells[column];
  PangoLayout *layout = new_layout (paper, cr, text, TEXT_SIZE, column_width (paper, column) - 2 * PAD);

  if (paper->columns[column].kind == LIMBER_PAPER_STRONG)
    embolden (layout, strcspn (text, "\n"));
  return layout;
}

static double
row_height (const LimberPaper *paper, cairo_t *cr, const Row *row)
{
  double height = ROW_LEAST;

  for (guint i = 0; i < paper->n_columns; i++) {
    g_autoptr (PangoLayout) layout = cell_layout (paper, cr, row, i);

    height = MAX (height, layout_height (layout) + 2 * PAD);
  }
  return height;
}

/* Draws a text at @y, or only measures it when @show is FALSE. Returns the y below it. */
static double
put_line (const LimberPaper *paper, cairo_t *cr, const char *text, double size, gboolean bold, double y, gboolean show)
{
  g_autoptr (PangoLayout) layout = new_layout (paper, cr, text, size, paper->width);

  if (bold)
    embolden (layout, strlen (text));
  if (show) {
    cairo_move_to (cr, 0, y);
    pango_cairo_show_layout (cr, layout);
  }
  return y + layout_height (layout);
}

static double
put_heads (const LimberPaper *paper, cairo_t *cr, double y, gboolean show)
{
  double height = 0;

  for (guint i = 0; i < paper->n_columns; i++) {
    g_autoptr (PangoLayout) layout = new_layout (paper, cr, paper->columns[i].heading, HEAD_SIZE, column_width (paper, i) - 2 * PAD);

    embolden (layout, strlen (paper->columns[i].heading));
    height = MAX (height, layout_height (layout));
    if (show) {
      cairo_move_to (cr, column_x (paper, i) + PAD, y);
      pango_cairo_show_layout (cr, layout);
    }
  }
  if (show) {
    cairo_set_line_width (cr, 1.2);
    cairo_move_to (cr, 0, y + height + 2);
    cairo_line_to (cr, paper->width, y + height + 2);
    cairo_stroke (cr);
  }
  return y + height + 3;
}

/* What stands on top of every page. Returns where the rows begin. */
static double
put_top (const LimberPaper *paper, cairo_t *cr, gboolean show)
{
  double y = put_line (paper, cr, paper->title, TITLE_SIZE, TRUE, 0, show);

  for (guint i = 0; paper->lines[i] != NULL; i++)
    y = put_line (paper, cr, paper->lines[i], LINE_SIZE, FALSE, y, show);
  return put_heads (paper, cr, y + GAP, show);
}

static PangoLayout *
foot_layout (const LimberPaper *paper, cairo_t *cr)
{
  return new_layout (paper, cr, paper->foot != NULL ? paper->foot : "0", HEAD_SIZE, MAX (paper->width - NUMBER_WIDTH, 1));
}

static double
foot_height (const LimberPaper *paper, cairo_t *cr)
{
  g_autoptr (PangoLayout) layout = foot_layout (paper, cr);

  return layout_height (layout) + GAP;
}

/**
 * limber_paper_paginate:
 * @width: of what may be printed on, in points
 * @height: the same
 *
 * Divides the rows into pages.
 *
 * Returns: how many pages there are, at least one
 */
guint
limber_paper_paginate (LimberPaper *paper, double width, double height)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t *cr = cairo_create (surface);
  double top, bottom, y;
  guint first = 0;

  paper->width = width;
  paper->height = height;
  top = y = put_top (paper, cr, FALSE);
  bottom = height - foot_height (paper, cr);
  g_array_set_size (paper->firsts, 0);
  g_array_append_val (paper->firsts, first);
  for (guint i = 0; i < paper->rows->len; i++) {
    double needed = row_height (paper, cr, g_ptr_array_index (paper->rows, i));

    if (y + needed > bottom && i > g_array_index (paper->firsts, guint, paper->firsts->len - 1)) {
      g_array_append_val (paper->firsts, i);
      y = top;
    }
    y += needed;
  }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return paper->firsts->len;
}

static void
draw_box (const LimberPaper *paper, cairo_t *cr, guint column, double y, double height)
{
  double x = column_x (paper, column), width = column_width (paper, column);

  cairo_set_line_width (cr, 0.7);
  if (paper->columns[column].kind == LIMBER_PAPER_TICK)
    cairo_rectangle (cr, x + (width - TICK) / 2, y + (ROW_LEAST - TICK) / 2, TICK, TICK);
  else
    cairo_rectangle (cr, x + PAD / 2, y + PAD / 2, width - PAD, height - PAD);
  cairo_stroke (cr);
}

/* One text over all the boxes, from the first to the last of them. */
static void
draw_over (const LimberPaper *paper, cairo_t *cr, const Row *row, double y)
{
  double left = paper->width, right = 0;
  g_autoptr (PangoLayout) layout = NULL;

  for (guint i = 0; i < paper->n_columns; i++)
    if (is_box (paper, i)) {
      left = MIN (left, column_x (paper, i));
      right = MAX (right, column_x (paper, i) + column_width (paper, i));
    }
  layout = new_layout (paper, cr, row->over, TEXT_SIZE, MAX (right - left - 2 * PAD, 1));
  cairo_move_to (cr, left + PAD, y + PAD);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_row (const LimberPaper *paper, cairo_t *cr, const Row *row, double y, double height)
{
  for (guint i = 0; i < paper->n_columns; i++) {
    g_autoptr (PangoLayout) layout = cell_layout (paper, cr, row, i);

    if (is_box (paper, i) && row->over != NULL)
      continue;
    if (is_box (paper, i))
      draw_box (paper, cr, i, y, height);
    cairo_move_to (cr, column_x (paper, i) + PAD, y + PAD);
    pango_cairo_show_layout (cr, layout);
  }
  if (row->over != NULL)
    draw_over (paper, cr, row, y);
  cairo_set_line_width (cr, 0.4);
  cairo_move_to (cr, 0, y + height);
  cairo_line_to (cr, paper->width, y + height);
  cairo_stroke (cr);
}

static void
draw_foot (const LimberPaper *paper, cairo_t *cr, guint page)
{
  g_autofree char *text = g_strdup_printf (_("Page %1$u of %2$u"), page + 1, paper->firsts->len);
  g_autoptr (PangoLayout) foot = foot_layout (paper, cr), number = new_layout (paper, cr, text, HEAD_SIZE, 0);
  double y = paper->height - foot_height (paper, cr) + GAP;
  int width;

  if (paper->foot != NULL) {
    cairo_move_to (cr, paper->right_to_left ? NUMBER_WIDTH : 0, y);
    pango_cairo_show_layout (cr, foot);
  }
  pango_layout_get_size (number, &width, NULL);
  cairo_move_to (cr, paper->right_to_left ? 0 : paper->width - (double) width / PANGO_SCALE, y);
  pango_cairo_show_layout (cr, number);
}

/**
 * limber_paper_draw:
 * @cr: with a point as its unit, and its origin where the page may be printed on
 * @page: below what limber_paper_paginate() returned
 */
void
limber_paper_draw (LimberPaper *paper, cairo_t *cr, guint page)
{
  guint first, end;
  double y;

  g_return_if_fail (page < paper->firsts->len);
  first = g_array_index (paper->firsts, guint, page);
  end = page + 1 < paper->firsts->len ? g_array_index (paper->firsts, guint, page + 1) : paper->rows->len;
  cairo_set_source_rgb (cr, 0, 0, 0);
  y = put_top (paper, cr, TRUE);
  for (guint i = first; i < end; i++) {
    const Row *row = g_ptr_array_index (paper->rows, i);
    double height = row_height (paper, cr, row);

    draw_row (paper, cr, row, y, height);
    y += height;
  }
  draw_foot (paper, cr, page);
}
