#include "limber-kiosk-filter.h"

static const guint moves[] = {
  GDK_KEY_Left,   GDK_KEY_Right,    GDK_KEY_Up,     GDK_KEY_Down,     GDK_KEY_Tab,       GDK_KEY_ISO_Left_Tab, GDK_KEY_KP_Left, GDK_KEY_KP_Right,
  GDK_KEY_KP_Up,  GDK_KEY_KP_Down,  GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space,        GDK_KEY_Escape,  GDK_KEY_BackSpace,
};

/**
 * limber_kiosk_filter_letter:
 *
 * Returns: the figure or capital letter on the key, 0 when it has none
 */
gunichar
limber_kiosk_filter_letter (guint keyval)
{
  gunichar letter = gdk_keyval_to_unicode (keyval);

  return letter < 0x80 && g_ascii_isalnum ((char) letter) ? (gunichar) g_ascii_toupper ((char) letter) : 0;
}

/**
 * limber_kiosk_filter_allows:
 * @keyval: the key
 * @state: what is held with it
 *
 * Returns: whether the key may go on to the page
 */
gboolean
limber_kiosk_filter_allows (guint keyval, GdkModifierType state)
{
  /* Shift and the locks change what is typed and no more; everything else makes a chord. */
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_HYPER_MASK | GDK_META_MASK)) != 0)
    return FALSE;
  if (limber_kiosk_filter_letter (keyval) != 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i] == keyval)
      return TRUE;
  return FALSE;
}
