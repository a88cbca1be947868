#include "limber-desk-page.h"

enum {
  GO,
  SAID,
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (LimberDeskPage, limber_desk_page, GTK_TYPE_WIDGET)

static void
limber_desk_page_default_init (LimberDeskPageInterface *iface)
{
  signals[GO] = g_signal_new ("go", LIMBER_TYPE_DESK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_DESK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_DESK_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/**
 * limber_desk_page_go:
 * @name: a page's name; this one's, too
 * @about: (nullable): whom or what that page is to show
 *
 * Brings a page into sight.
 */
void
limber_desk_page_go (LimberDeskPage *page, const char *name, const LimberId *about)
{
  g_autofree char *text = about != NULL ? limber_id_dup_text (about) : NULL;

  g_signal_emit (page, signals[GO], 0, name, text);
}

/**
 * limber_desk_page_say:
 * @text: what happened, or why not
 *
 * Says something where the desk says what was done.
 */
void
limber_desk_page_say (LimberDeskPage *page, LimberUndoBarKind kind, const char *text)
{
  g_signal_emit (page, signals[SAID], 0, kind, text);
}

/**
 * limber_desk_page_changed:
 *
 * Says that another visit is selected, or that there is something new to say of this page.
 */
void
limber_desk_page_changed (LimberDeskPage *page)
{
  g_signal_emit (page, signals[CHANGED], 0);
}
