#!/usr/bin/python3
"""What is in the program that the public can reach, and what is not:  symbols.py LIMBER-KIOSK LIMBER

The staff's program is the witness: in it the same look finds what the kiosk must not have."""

import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'support'))
import tap  # noqa: E402  # pylint: disable=wrong-import-position

KIOSK, STAFF = sys.argv[1:3]

# What it would take of the libraries. It executes nothing but itself (execv), for which there is a test of its own.
FORBIDDEN = {
    'files': r'gtk_file_|gtk_native_dialog|gtk_app_chooser|gtk_recent_|gtk_places',
    'printing': r'gtk_print|gtk_page_setup|gtk_enumerate_printers|limber_print|limber_paper',
    'links': r'gtk_show_uri|gtk_link_button|gtk_uri_launcher|gtk_label_get_current_uri',
    'starting programs': r'g_app_info|g_desktop_app_info|g_spawn|g_subprocess|g_shell|exec(?!v$)|fexec|posix_spawn|system$|popen|dlopen|g_module_open',
    'being started or told by others': r'g_application_|gtk_application_|gtk_window_set_interactive_debugging|gtk_shortcuts_window|gtk_about',
    'typing, its undo and its menus': r'gtk_entry|gtk_text_(?!dir)|gtk_editable|gtk_password|gtk_search|gtk_emoji|gtk_spell|gtk_im_',
    'menus and dialogs': r'gtk_popover|gtk_menu|gtk_dialog|gtk_message_dialog|gtk_alert|gtk_combo|gtk_drop_down|gtk_color_|gtk_font_|gtk_assistant',
    'dragging': r'gtk_drag_|gtk_drop_|gdk_drag_|gdk_drop_',
    'staff screens': r'adw_|limber_desk_|limber_application|limber_trouble|limber_style_|limber_retype|limber_merging|limber_register|limber_find_(?!letters)',
    'staff PINs': r'limber_pin_(?!(check|make)$)',
    'administration': r'limber_import|limber_bundle|limber_nginx|limber_certificate|limber_csv|limber_date_form|limber_mapping|limber_form_(publish|retire)|limber_demo|limber_node_|archive_|gnutls_x509|'
                      r'limber_commands_all|limber_command_(?!(arrive|at|join|kiosk|sync|text)$)',
}
LIBRARIES = re.compile(r'lib(adwaita|archive|notify|gnutls|polkit|webkit|vte|gtksourceview|cups)')

# The widgets that its pages may be made of: GtkBuilder makes them by name, which leaves no symbol.
WIDGETS = {'GtkAdjustment', 'GtkAspectFrame', 'GtkBox', 'GtkButton', 'GtkCenterBox', 'GtkFixed', 'GtkFlowBox', 'GtkGrid', 'GtkImage', 'GtkLabel', 'GtkOverlay', 'GtkPicture', 'GtkProgressBar',
           'GtkScrolledWindow', 'GtkSeparator', 'GtkSizeGroup', 'GtkStack', 'GtkStackPage', 'GtkGridLayoutChild', 'GtkToggleButton', 'GtkViewport', 'GtkWindow'}


def names(program):
    """Every symbol that the program defines or takes from a library."""
    found = subprocess.run(['nm', program], capture_output=True, encoding='utf-8', check=True).stdout + \
        subprocess.run(['nm', '-D', program], capture_output=True, encoding='utf-8', check=True).stdout
    return {line.split()[-1].split('@')[0] for line in found.splitlines()}


def libraries(program):
    found = subprocess.run(['readelf', '-d', program], capture_output=True, encoding='utf-8', check=True).stdout
    return set(re.findall(r'\(NEEDED\)[^\[]*\[([^\]]+)\]', found))


def widgets(program):
    return {found.decode() for found in re.findall(rb'<object class="(\w+)"', pathlib.Path(program).read_bytes())}


def forbidden(program):
    all_names = names(program)
    for what, pattern in FORBIDDEN.items():
        hits = sorted(name for name in all_names if re.match(pattern, name))
        if hits:
            yield what, hits


def the_kiosk_has_nothing_to_open_print_launch_or_ask_staff_with():
    found = dict(forbidden(KIOSK))
    assert not found, found


def it_is_linked_with_nothing_of_the_staffs():
    found = sorted(name for name in libraries(KIOSK) if LIBRARIES.match(name))
    assert not found, found


def its_pages_have_only_widgets_without_menus_text_or_links():
    found = widgets(KIOSK)
    own = {name for name in found if name.startswith('LimberKiosk') or name.startswith('LimberBoard')}
    assert 'GtkButton' in found and found - own <= WIDGETS, sorted(found - own - WIDGETS)


def the_same_look_finds_it_all_in_the_staffs_program():
    found = dict(forbidden(STAFF))
    assert {'printing', 'typing, its undo and its menus', 'menus and dialogs', 'staff screens', 'staff PINs', 'administration', 'being started or told by others'} <= set(found), sorted(found)
    assert any(LIBRARIES.match(name) for name in libraries(STAFF)) and widgets(STAFF) - WIDGETS


if __name__ == '__main__':
    tap.run('/ui/kiosk/symbols', the_kiosk_has_nothing_to_open_print_launch_or_ask_staff_with, it_is_linked_with_nothing_of_the_staffs,
            its_pages_have_only_widgets_without_menus_text_or_links, the_same_look_finds_it_all_in_the_staffs_program)
