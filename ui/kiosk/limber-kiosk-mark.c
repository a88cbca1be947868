#include "limber-kiosk-mark.h"

/* Each drawing is made of strokes on a square of 24 by 24, as the symbolic icons of GNOME are. */
struct _LimberKioskMark {
  GtkWidget parent_instance;

  const char *drawing; /* (unowned): an interned word of the table below */
};

G_DEFINE_FINAL_TYPE (LimberKioskMark, limber_kiosk_mark, GTK_TYPE_WIDGET)

enum {
  PROP_DRAWING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A drawing's steps, each with its numbers: M and L go to a point and draw a line to it, C draws a curve (two handles and its end), A a part
 * of a circle (its middle, its radius, from and to which angle), O a circle, Z closes the line; S strokes and F fills what was drawn. */
#define RING "O 12 12 10.5 S"
#define LOUDSPEAKER "M 2.5 9 L 6.5 9 L 12 4.5 L 12 19.5 L 6.5 15 L 2.5 15 Z S"
#define DASH "M 5 12 L 19 12 S"

static const struct {
  const char *name;
  const char *steps;
  gboolean    mirrors; /* it points on, or back */
} drawings[] = {
  { "check", RING " M 7 12.6 L 10.4 16 L 17 8.8 S" },
  { "clock", RING " M 12 6 L 12 12 L 16 14.5 S" },
  /* Somebody behind a desk. */
  { "person", "O 12 6.4 3.6 S M 5.2 17 C 5.2 10.8 18.8 10.8 18.8 17 S M 1.8 17 L 22.2 17 M 4 17 L 4 22 M 20 17 L 20 22 S" },
  { "back", "M 20 12 L 4.5 12 M 11 5.5 L 4.5 12 L 11 18.5 S", TRUE },
  { "contrast", "O 12 12 9.5 S A 12 12 9.5 -1.5707963 1.5707963 Z F" },
  { "question", RING " M 8.8 9.4 C 9 5.2 15.4 5.4 15.2 9.4 C 15.1 11.6 12 11.6 12 14 S O 12 17.3 1.1 F" },
  { "notice", RING " M 12 6.2 L 12 13.4 S O 12 17 1.1 F" },
  { "calendar", "M 2.5 4.5 L 21.5 4.5 L 21.5 21.5 L 2.5 21.5 Z M 2.5 9.6 L 21.5 9.6 M 7.5 2 L 7.5 6.4 M 16.5 2 L 16.5 6.4 S M 9 13 L 15 18.4 M 15 13 L 9 18.4 S" },
  { "seat", "M 6 2.5 L 7.4 14 L 18 14 L 18 21.5 M 7.4 14 L 6.4 21.5 S", TRUE },
  { "delete", "M 8 5 L 22 5 L 22 19 L 8 19 L 2 12 Z M 11.5 9 L 17.5 15 M 17.5 9 L 11.5 15 S" },
  { "speaker", LOUDSPEAKER " A 12 12 4.2 -0.9 0.9 S A 12 12 9.2 -0.9 0.9 S" },
  { "silent", LOUDSPEAKER " M 16 9 L 22 15 M 22 9 L 16 15 S" },
  { "minus", DASH },
  { "plus", DASH " M 12 5 L 12 19 S" },
  /* A round button on its base, and what presses it. */
  { "button", "M 2 20.5 L 22 20.5 M 5.5 20.5 C 5.5 12.5 18.5 12.5 18.5 20.5 M 12 2.5 L 12 10 M 8.8 7 L 12 10.2 L 15.2 7 S" },
  { "up", "M 12 20 L 12 4.5 M 5.5 11 L 12 4.5 L 18.5 11 S" },
  { "down", "M 12 4 L 12 19.5 M 5.5 13 L 12 19.5 L 18.5 13 S" },
  /* The earth, which stands for languages in most places. */
  { "globe", "O 12 12 10 S M 2 12 L 22 12 S M 12 2 C 5.6 7 5.6 17 12 22 C 18.4 17 18.4 7 12 2 S" },
  /* An open book: something to read. */
  { "book", "M 12 6 C 9.5 3.6 5.5 3.6 2 4.6 L 2 19.4 C 5.5 18.4 9.5 18.4 12 20.6 C 14.5 18.4 18.5 18.4 22 19.4 L 22 4.6 C 18.5 3.6 14.5 3.6 12 6 L 12 20.6 S" },
  { "urgent", "M 12 2.4 L 22.4 21 L 1.6 21 Z M 12 9 L 12 14.6 S O 12 17.8 1.1 F" },
  /* A receiver, as telephones once had. */
  { "phone", "M 3.2 5.4 L 6.6 2.4 L 10 7.4 L 7.8 9.8 C 9.2 12.6 11.4 14.8 14.2 16.2 L 16.6 14 L 21.6 17.4 L 18.6 20.8 C 11.6 22.6 1.4 12.4 3.2 5.4 Z S" },
  { "walk", "O 13.2 3.8 2.2 S M 12.4 8.6 L 11.2 14.2 L 15 17.2 L 16 22 M 11.2 14.2 L 9.6 18.4 L 6.6 22 M 6.4 13 L 7.8 9.8 L 12.4 8.6 L 14.6 11.8 L 18 12.8 S", TRUE },
  /* A cloud, and behind it the sun. */
  { "cloud", "M 7 20 C 1 20 1 12.6 6.4 12.6 C 7.2 7.6 14.6 7.6 15.6 12 C 22.6 11.4 23 20 17 20 Z S A 16.6 7.2 3.6 -3.4557519 1.1309734 M 16.6 1.2 L 16.6 1.2 M 22.4 7.2 L 22.4 7.2 M 20.8 3 L 20.8 3 S" },
  /* A little higher each time. */
  { "steps", "M 2 21 L 2 16.5 L 8.6 16.5 L 8.6 11 L 15.3 11 L 15.3 5.5 L 22 5.5 L 22 21 Z S", TRUE },
  { "moon", "A 12 12 9.5 -1.1309734 3.2044245 C 5.5 14.5 12.5 14.5 14.5 10 C 15.6 7.4 15.6 5.4 16.1 3.45 Z S" },
};

static void
draw_step (cairo_t *cr, char step, const double n[6])
{
  switch (step) {
  case 'M':
    cairo_move_to (cr, n[0], n[1]);
    break;
  case 'L':
    cairo_line_to (cr, n[0], n[1]);
    break;
  case 'C':
    cairo_curve_to (cr, n[0], n[1], n[2], n[3], n[4], n[5]);
    break;
  case 'A':
    cairo_arc (cr, n[0], n[1], n[2], n[3], n[4]);
    break;
  case 'O':
    cairo_arc (cr, n[0], n[1], n[2], 0, 2 * G_PI);
    break;
  case 'Z':
    cairo_close_path (cr);
    break;
  case 'S':
    cairo_stroke (cr);
    break;
  case 'F':
    cairo_fill (cr);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
draw (cairo_t *cr, const char *steps)
{
  g_auto (GStrv) words = g_strsplit (steps, " ", -1);

  for (char **word = words; *word != NULL;) {
    char step = **word++;
    double numbers[6] = { 0 };

    for (guint i = 0; i < G_N_ELEMENTS (numbers) && *word != NULL && !g_ascii_isalpha (**word); i++)
      numbers[i] = g_ascii_strtod (*word++, NULL);
    draw_step (cr, step, numbers);
  }
}

static void
limber_kiosk_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LimberKioskMark *mark = LIMBER_KIOSK_MARK (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), side = MIN (width, height);
  cairo_t *cr;
  GdkRGBA colour;

  if (side <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_translate (cr, (width - side) / 2.0, (height - side) / 2.0);
  cairo_scale (cr, side / 24.0, side / 24.0);
  /* A large drawing has a thinner line for its size. */
  cairo_set_line_width (cr, side > 60 ? 1.25 : 2.2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < G_N_ELEMENTS (drawings); i++)
    if (g_str_equal (drawings[i].name, mark->drawing)) {
      if (drawings[i].mirrors && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL) {
        cairo_translate (cr, 24, 0);
        cairo_scale (cr, -1, 1);
      }
      draw (cr, drawings[i].steps);
    }
  cairo_destroy (cr);
}

static void
limber_kiosk_mark_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_DRAWING)
    limber_kiosk_mark_set_drawing (LIMBER_KIOSK_MARK (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_kiosk_mark_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_DRAWING)
    g_value_set_string (value, LIMBER_KIOSK_MARK (object)->drawing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_kiosk_mark_class_init (LimberKioskMarkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = limber_kiosk_mark_set_property;
  object_class->get_property = limber_kiosk_mark_get_property;
  widget_class->snapshot = limber_kiosk_mark_snapshot;
  properties[PROP_DRAWING] = g_param_spec_string ("drawing", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "mark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
limber_kiosk_mark_init (LimberKioskMark *mark)
{
  mark->drawing = "";
  gtk_widget_set_can_target (GTK_WIDGET (mark), FALSE);
}

/**
 * limber_kiosk_mark_set_drawing:
 * @drawing: (nullable): a name of the table of drawings; anything else draws nothing
 */
void
limber_kiosk_mark_set_drawing (LimberKioskMark *mark, const char *drawing)
{
  mark->drawing = g_intern_string (drawing != NULL ? drawing : "");
  gtk_widget_queue_draw (GTK_WIDGET (mark));
}
